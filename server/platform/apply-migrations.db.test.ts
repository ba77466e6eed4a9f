import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyMigrations } from "./apply-migrations";

const prisma = join(import.meta.dirname, "../../prisma");
const server = process.env.DATABASE_URL!;
const made: string[] = [];

async function onServer<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `nexus_test_${Math.floor(Date.now() / 1000)}_${randomBytes(4).toString("hex")}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name}`));
  made.push(name);
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

const applied = (connectionString: string) =>
  onServer(connectionString, async (client) => (await client.query<Record<string, unknown>>("SELECT * FROM _prisma_migrations ORDER BY started_at")).rows);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nexus-alpha-migrations-"));
  await cp(prisma, folder, { recursive: true, filter: (source) => !/generated|seed/.test(source) });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await onServer(server, async (client) => {
    for (const name of made) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
});

describe("applyMigrations", () => {
  it("applies what is missing once, with the checksums Prisma's own tools compare", async () => {
    const database = await emptyDatabase();
    const names = (await readdir(join(prisma, "migrations"), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(await applyMigrations(database, prisma)).toEqual(names.sort());
    const first = await applied(database);
    for (const { migration_name: name, checksum, applied_steps_count: steps, finished_at: finishedAt } of first) {
      const sql = await readFile(join(prisma, "migrations", String(name), "migration.sql"));
      expect({ checksum, steps }).toEqual({ checksum: createHash("sha256").update(sql).digest("hex"), steps: 1 });
      expect(finishedAt).toBeInstanceOf(Date);
    }
    expect(await applyMigrations(database, prisma)).toEqual([]);
    expect(await applied(database)).toEqual(first);
  });

  it("lets two callers at once take turns", async () => {
    const database = await emptyDatabase();
    const both = await Promise.all([applyMigrations(database, prisma), applyMigrations(database, prisma)]);
    expect(both.map(({ length }) => length).sort()[0]).toBe(0);
    expect(both.flat().length).toBe(new Set(both.flat()).size);
  });

  it("leaves nothing of a script that fails, and applies it whole once it is right", async () => {
    const database = await emptyDatabase();
    const file = join(folder, "migrations", "20990101000000_later", "migration.sql");
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, "CREATE TABLE half (id int);\nCREATE TABLE half (id int);");
    await expect(applyMigrations(database, folder)).rejects.toThrow(/half/);
    const left = await onServer(database, async (client) => (await client.query("SELECT to_regclass('half') AS half, to_regclass('company') AS company")).rows[0]);
    expect(left).toEqual({ half: null, company: "company" });

    await writeFile(file, "CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;\nCREATE TABLE half (id int);");
    expect(await applyMigrations(database, folder)).toEqual(["20990101000000_later"]);
    await rm(join(file, ".."), { recursive: true });
  });

  it("goes on after a run that was killed in the middle of a migration", async () => {
    const database = await emptyDatabase();
    await applyMigrations(database, prisma);
    await onServer(database, async (client) => {
      await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES (gen_random_uuid(), 'x', '20990101000000_cut', now())");
    });
    const file = join(folder, "migrations", "20990101000000_cut", "migration.sql");
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, "CREATE TABLE cut (id int);");
    expect(await applyMigrations(database, folder)).toEqual(["20990101000000_cut"]);
    await rm(join(file, ".."), { recursive: true });
  });
});
