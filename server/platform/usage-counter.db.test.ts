import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { createTestCtx } from "@/server/testing/test-ctx";
import { createUsageCounter } from "./usage-counter";

let time = new Date("2026-11-21T06:59:59Z");
const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());
const counterOn = (db: Pick<typeof ctx.db, "$executeRaw">, errors: unknown[] = []) => createUsageCounter({ db, now: () => time, onError: (error) => errors.push(error), everyMs: 3_600_000 });
const stored = (userId: string) => ctx.db.usageHour.findMany({ where: { userId }, orderBy: [{ hour: "asc" }, { limitGroup: "asc" }], select: { surface: true, limitGroup: true, hour: true, requests: true, refused: true } });

describe("usage counter", () => {
  it("adds up by hour, surface and group, over several processes", async () => {
    const userId = randomUUID();
    const [one, other] = [counterOn(ctx.db), counterOn(ctx.db)];
    for (let n = 0; n < 3; n += 1) one.count({ userId, surface: "api", limitGroup: "market", refused: n === 2 });
    other.count({ userId, surface: "app", limitGroup: "market", refused: false });
    other.count({ userId, surface: "api", limitGroup: "market", refused: false });
    time = new Date("2026-11-21T07:00:00Z");
    one.count({ userId, surface: "api", limitGroup: "ai", refused: false });
    await Promise.all([one.flush(), other.flush(), one.flush()]);
    const six = new Date("2026-11-21T06:00:00Z");
    expect((await stored(userId)).sort((a, b) => a.hour.getTime() - b.hour.getTime() || a.surface.localeCompare(b.surface))).toEqual([
      { surface: "api", limitGroup: "market", hour: six, requests: 4, refused: 1 },
      { surface: "app", limitGroup: "market", hour: six, requests: 1, refused: 0 },
      { surface: "api", limitGroup: "ai", hour: time, requests: 1, refused: 0 },
    ]);
  });

  it("keeps what a lost database could not take for the next time", async () => {
    const userId = randomUUID();
    let lost = true;
    const errors: unknown[] = [];
    const flaky = { $executeRaw: ((...given: Parameters<typeof ctx.db.$executeRaw>) => (lost ? Promise.reject(new Error("away")) : ctx.db.$executeRaw(...given))) as typeof ctx.db.$executeRaw };
    const counter = counterOn(flaky, errors);
    counter.count({ userId, surface: "api", limitGroup: "other", refused: false });
    await counter.flush();
    counter.count({ userId, surface: "api", limitGroup: "other", refused: false });
    await counter.flush();
    expect([errors.length, await stored(userId)]).toEqual([2, []]);
    lost = false;
    await counter.flush();
    await counter.flush();
    expect(await stored(userId)).toMatchObject([{ requests: 2 }]);
  });

  it("tells when what was counted is written, so that the end of the process can wait for it", async () => {
    const userId = randomUUID();
    const counter = counterOn(ctx.db);
    await counter.written();
    counter.count({ userId, surface: "app", limitGroup: "other", refused: false });
    let told = false;
    const written = counter.written().then(() => (told = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toBe(false);
    void counter.flush();
    await written;
    expect(await stored(userId)).toHaveLength(1);
  });
});
