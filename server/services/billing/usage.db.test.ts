import { afterAll, describe, expect, it } from "vitest";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { expireUsage } from "./expire-usage";
import { getUsage } from "./get-usage";
import { rollUpUsage } from "./roll-up-usage";

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

describe("rollUpUsage", () => {
  const hoursOf = (userId: string) => ctx.db.usageHour.count({ where: { userId } });
  const daysOf = (userId: string) => ctx.db.usageDay.findMany({ where: { userId }, orderBy: [{ day: "asc" }, { limitGroup: "asc" }], select: { day: true, surface: true, limitGroup: true, requests: true, refused: true } });

  it("moves old hours into the days of the person's time zone, keeps the newer, and changes nothing when it runs again", async () => {
    const user = await aUser(ctx.db, { timeZone: "Asia/Seoul" });
    await used(user.id, "2026-10-31T14:00:00Z", { requests: 4 });
    await used(user.id, "2026-10-31T15:00:00Z", { requests: 5, refused: 1 });
    await used(user.id, "2026-11-01T14:00:00Z", { requests: 6, refused: 2 });
    await used(user.id, "2026-11-01T14:00:00Z", { requests: 1, limitGroup: "ai" });
    await used(user.id, "2026-11-01T14:00:00Z", { requests: 9, surface: "app" });
    await used(user.id, "2026-11-07T07:00:00Z", { requests: 8 });
    expect((await rollUpUsage(ctx)).hours).toBeGreaterThanOrEqual(5);
    const days = await daysOf(user.id);
    const [saturday, sunday] = [new Date("2026-10-30T15:00:00Z"), new Date("2026-10-31T15:00:00Z")];
    expect(days.filter(({ surface }) => surface === "api")).toEqual([
      { day: saturday, surface: "api", limitGroup: "market", requests: 4, refused: 0 },
      { day: sunday, surface: "api", limitGroup: "ai", requests: 1, refused: 0 },
      { day: sunday, surface: "api", limitGroup: "market", requests: 11, refused: 3 },
    ]);
    await rollUpUsage(ctx);
    expect([await daysOf(user.id), await hoursOf(user.id)]).toEqual([days, 1]);
  });

  it("loses and doubles nothing when it runs several times at once, and adds what comes late", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => aUser(ctx.db)));
    const hour = (n: number) => new Date(Date.UTC(2026, 9, 25, n)).toISOString();
    await ctx.db.usageHour.createMany({ data: people.flatMap(({ id }) => Array.from({ length: 72 }, (_, n) => ({ userId: id, surface: "api", limitGroup: "market", hour: hour(n), requests: n + 1, refused: 1 }))) });
    await Promise.all(Array.from({ length: 5 }, () => rollUpUsage(ctx)));
    await rollUpUsage(ctx);
    for (const { id } of people) {
      const days = await daysOf(id);
      expect(days.map(({ requests, refused }) => [requests, refused])).toEqual([[300, 24], [876, 24], [1_452, 24]]);
    }
    await used(people[0]!.id, hour(3), { requests: 7 });
    await rollUpUsage(ctx);
    expect((await daysOf(people[0]!.id))[0]).toMatchObject({ requests: 307 });
  });

  it("leaves the chart as it was, also for who moves to another time zone afterwards", async () => {
    const user = await aUser(ctx.db, { timeZone: "America/New_York" });
    await used(user.id, "2026-10-31T04:00:00Z", { requests: 2 });
    await used(user.id, "2026-11-01T03:00:00Z", { requests: 3, refused: 1 });
    await used(user.id, "2026-11-01T17:00:00Z", { requests: 4 });
    await used(user.id, "2026-11-20T12:00:00Z", { requests: 5 });
    const month = async () => getUsage(await asPerson(ctx, user), { window: "month", surface: "api" });
    const before = await month();
    await rollUpUsage(ctx);
    expect(await hoursOf(user.id)).toBe(1);
    expect(await month()).toEqual(before);
    await ctx.db.user.update({ where: { id: user.id }, data: { timeZone: "Europe/Berlin" } });
    const moved = await month();
    expect(moved.groups[0]!.requests.filter((count) => count > 0)).toEqual([5, 4, 5]);
    expect(sum(moved.groups[0]!.refused)).toBe(1);
    const { groups } = await getUsage(await asPerson(ctx, user), { window: "week", surface: "api" });
    expect(sum(groups[0]!.requests)).toBe(5);
  });
});

describe("expireUsage", () => {
  it("keeps thirteen months", async () => {
    const { id } = await aUser(ctx.db);
    await used(id, "2025-10-20T06:00:00Z");
    await used(id, "2025-10-22T07:00:00Z");
    await rollUpUsage(ctx);
    expect((await expireUsage(ctx)).deleted).toBeGreaterThan(0);
    expect(await expireUsage(ctx)).toEqual({ deleted: 0 });
    expect(await ctx.db.usageDay.findMany({ where: { userId: id }, select: { day: true } })).toEqual([{ day: new Date("2025-10-22T00:00:00Z") }]);
  });
});
