import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { createTestCtx } from "@/server/testing/test-ctx";
import { closeLostRuns } from "./close-lost-runs";

const ctx = createTestCtx({ now: () => new Date("2000-01-02T12:00:00Z") });
afterAll(() => ctx.db.$disconnect());

describe("closing lost runs", () => {
  it("closes pulls that were killed, and leaves those that may be at work and those that close their own", async () => {
    const scope = randomUUID();
    const run = (provider: string, hours: number) => ({ provider, subject: "lost", scope, startedAt: new Date(ctx.now().getTime() - hours * 3_600_000) });
    await ctx.db.ingestionRun.createMany({ data: [run("sec", 7), run("fred", 1), run("import", 7)] });
    expect(await closeLostRuns(ctx)).toBe(1);
    expect(await closeLostRuns(ctx)).toBe(0);
    const rows = await ctx.db.ingestionRun.findMany({ where: { scope }, orderBy: { provider: "asc" } });
    expect(rows.map(({ provider, status, error }) => [provider, status, error])).toEqual([["fred", "RUNNING", null], ["import", "RUNNING", null], ["sec", "FAILED", "Interrupted: the process ended before the run did."]]);
  });
});
