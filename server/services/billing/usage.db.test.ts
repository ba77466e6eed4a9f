import { afterAll, describe, expect, it } from "vitest";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { expireUsage } from "./expire-usage";
import { getUsage } from "./get-usage";

const now = new Date("2026-11-21T06:30:00Z");
const ctx = createTestCtx({ now: () => new Date(now) });
afterAll(() => ctx.db.$disconnect());
const used = (userId: string, hour: string, given: { limitGroup?: string; surface?: string; requests?: number; refused?: number } = {}) =>
  ctx.db.usageHour.create({ data: { userId, hour: new Date(hour), surface: "api", limitGroup: "market", requests: 1, ...given } });
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe("getUsage", () => {
  it("shows the last hours by group, of the caller alone, with the limit of their plan", async () => {
    const user = await aUser(ctx.db);
    const other = await aUser(ctx.db);
    await used(user.id, "2026-11-21T06:00:00Z", { requests: 7, refused: 2 });
    await used(user.id, "2026-11-20T07:00:00Z", { requests: 5 });
    await used(user.id, "2026-11-20T06:00:00Z", { requests: 100 });
    await used(user.id, "2026-11-21T05:00:00Z", { limitGroup: "ai" });
    await used(user.id, "2026-11-21T05:00:00Z", { surface: "app", requests: 50 });
    await used(other.id, "2026-11-21T05:00:00Z", { requests: 900 });
    const usage = await getUsage(await asPerson(ctx, user), { window: "day", surface: "api" });
    expect(usage).toMatchObject({ step: "hour", limitPerHour: 100, tier: "FREE", nextTier: "PRO" });
    expect([usage.starts.length, usage.starts[0], usage.starts.at(-1)]).toEqual([24, "2026-11-20T07:00:00.000Z", "2026-11-21T06:00:00.000Z"]);
    const [market, ai] = usage.groups;
    expect([market!.group, market!.requests[0], market!.requests.at(-1), sum(market!.requests), sum(market!.refused)]).toEqual(["market", 5, 7, 12, 2]);
    expect([ai!.group, ai!.requests[22], usage.groups.length]).toEqual(["ai", 1, 2]);
    expect((await getUsage(await asPerson(ctx, user), { window: "week", surface: "app" })).groups).toMatchObject([{ group: "market" }]);
  });

  it("begins days in the person's time zone, also when its clocks were changed", async () => {
    const user = await aUser(ctx.db, { timeZone: "America/New_York" });
    await used(user.id, "2026-10-31T04:00:00Z");
    await used(user.id, "2026-11-01T03:00:00Z");
    await used(user.id, "2026-11-02T04:00:00Z", { requests: 3 });
    const { starts, groups, step } = await getUsage(await asPerson(ctx, user), { window: "month", surface: "api" });
    expect([step, starts.length, starts.at(-1)]).toEqual(["day", 30, "2026-11-21T05:00:00.000Z"]);
    const on = (start: string) => groups[0]!.requests[starts.indexOf(start)];
    expect([on("2026-10-31T04:00:00.000Z"), on("2026-11-01T04:00:00.000Z"), on("2026-11-02T05:00:00.000Z")]).toEqual([2, 3, 0]);
  });

  it("is empty, and no failure, where nothing was asked", async () => {
    expect(await getUsage(await asPerson(ctx, await aUser(ctx.db, { tier: "INSTITUTIONAL" })), { window: "day", surface: "api" })).toMatchObject({ groups: [], limitPerHour: null, nextTier: null });
  });
});

describe("expireUsage", () => {
  it("keeps thirteen months", async () => {
    const { id } = await aUser(ctx.db);
    await used(id, "2025-10-21T06:00:00Z");
    await used(id, "2025-10-21T07:00:00Z");
    expect((await expireUsage(ctx)).deleted).toBeGreaterThan(0);
    expect(await expireUsage(ctx)).toEqual({ deleted: 0 });
    expect(await ctx.db.usageHour.findMany({ where: { userId: id }, select: { hour: true } })).toEqual([{ hour: new Date("2025-10-21T07:00:00Z") }]);
  });
});
