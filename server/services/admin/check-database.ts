import type { Ctx } from "@/server/services/ctx";

export type DatabaseCheck = {
  status: "up" | "down";
  latencyMs: number | null;
  /** Names of the migrations that are applied, oldest first; null when the database did not answer. */
  migrations: string[] | null;
};

/** Asks the database for a sign of life, and gives up in time for the one who asked us. */
export async function checkDatabase({ db }: Pick<Ctx, "db">, { withinMs }: { withinMs: number }): Promise<DatabaseCheck> {
  const startedAt = performance.now();
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), withinMs).unref());
  const asked = db.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY started_at`.catch(() => null);
  const rows = await Promise.race([asked, late]);
  if (!rows) return { status: "down", latencyMs: null, migrations: null };
  return { status: "up", latencyMs: Math.round(performance.now() - startedAt), migrations: rows.map(({ name }) => name) };
}
