import { createScratchDatabase } from "./scratch-database";

/** Gives the database tests a scratch database; whatever DATABASE_URL says is never touched by a test. */
export default async function setUp(): Promise<() => Promise<void>> {
  const scratch = await createScratchDatabase();
  process.env.DATABASE_URL = scratch.connectionString;
  return scratch.drop;
}
