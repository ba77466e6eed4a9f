import { createDb } from "@/server/platform/db";
import { createFirstAdmin } from "@/server/services/account/create-first-admin";

/** Makes the first admin of a database that has none; the password is told once, by whoever called. */
export async function adminWhenNeeded({ connectionString, email, now }: { connectionString: string; email: string; now: () => Date }): Promise<{ email: string; password: string } | null> {
  const db = createDb(connectionString, { max: 2 });
  try {
    return await createFirstAdmin({ db, now }, { email });
  } finally {
    await db.$disconnect();
  }
}
