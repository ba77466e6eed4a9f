import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/server/domain/app-error";
import { NO_EXTERNALS, openSchemaEngine, readSchemaFiles } from "@/server/platform/schema-engine";
import { startScratchPostgres } from "@/server/platform/scratch-postgres";
import { WholeScriptAdapterFactory } from "@/server/platform/whole-script-adapter-factory";

/** Writes the next migration: the difference between the schema files and the schema as the last migration left it. */
const prisma = join(import.meta.dirname, "../../prisma");
const snapshotFile = join(prisma, "migrations", "schema-snapshot.json");

const name = process.argv[2] ?? "";
if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) throw new AppError("INVALID_INPUT", "Usage: npm run migrate:new -- name_in_snake_case", { field: "name" });

const files = await readSchemaFiles(join(prisma, "schema"));
const previous = existsSync(snapshotFile) ? (JSON.parse(await readFile(snapshotFile, "utf8")) as typeof files) : null;
// The engine wants a server to talk to, though it changes nothing there.
const scratch = await startScratchPostgres();
const adapters = new WholeScriptAdapterFactory(scratch.connectionString("postgres"), (script) => script);
const engine = await openSchemaEngine(files, adapters);
const { stdout } = await engine.diff({
  from: previous ? { tag: "schemaDatamodel", files: previous } : { tag: "empty" },
  to: { tag: "schemaDatamodel", files },
  script: true,
  exitCode: null,
  filters: NO_EXTERNALS,
});
engine.free();
await adapters.close();
await scratch.stop();

if (!stdout || /^\s*-- This is an empty migration\.\s*$/.test(stdout)) {
  console.log("The schema has not changed.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(prisma, "migrations", `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), stdout);
  await writeFile(snapshotFile, `${JSON.stringify(files, null, 2)}\n`);
  console.log(`Wrote ${join(folder, "migration.sql")}; add by hand what the schema language cannot say, then npm run migrate.`);
}
