import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryCache } from "@/server/platform/cache";
import { createLog } from "@/server/platform/log";
import type { Ctx } from "@/server/services/ctx";
import { createLiveBoards } from "./live-boards";
import { createSessionClock } from "./session-clock";
import { createSimulatedFeed } from "./simulated-feed";
import { watchStoredFigures } from "./stored-figures";

const NIGHT = new Date("2026-11-21T03:00:00Z");

/** A database of one share that can be taken away; what else is asked of it fails, as it does when one part of the figures is broken. */
function aDatabase() {
  const stored = { reachable: true, hangs: false, close: 100, run: 1 };
  const guard = async <T>(value: () => T): Promise<T> => {
    if (stored.hangs) return new Promise(() => undefined);
    if (!stored.reachable) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    return value();
  };
  const db = {
    ingestionRun: { findFirst: () => guard(() => ({ id: `run-${stored.run}`, finishedAt: NIGHT })) },
    $queryRaw: (query: TemplateStringsArray) =>
      guard(() => {
        if (!query.join("?").includes("FROM instrument i")) throw new Error("No other table here");
        return [{ symbol: "ACME", kind: "EQUITY", calendar: "XNYS", origin: "RECORDED", date: "2026-11-20", open: 1, high: 1, low: 1, close: stored.close, volume: 1 }];
      }),
  };
  return { stored, db };
}

function aWatch() {
  const { stored, db } = aDatabase();
  const boards = createLiveBoards();
  const feed = createSimulatedFeed({ seed: "test", now: Date.now, clock: createSessionClock() });
  const ctx = { db, now: () => new Date(), log: createLog("test", "silent"), cache: createMemoryCache(() => new Date()) } as unknown as Ctx;
  return { stored, feed, boards, figures: watchStoredFigures(ctx, { feed, boards }) };
}

describe("stored figures", () => {
  beforeEach(() => void vi.useFakeTimers({ now: NIGHT }));
  afterEach(() => void vi.useRealTimers());

  it("loads what is stored, and again only when a run has brought something", async () => {
    const { stored, feed, boards, figures } = aWatch();
    await figures.start();
    expect(figures.database()).toBe("up");
    expect(boards.prices.cell("ACME").value).toMatchObject({ price: 100, basis: "recorded" });
    stored.close = 101;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(boards.prices.cell("ACME").value?.price).toBe(100);
    stored.run = 2;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(boards.prices.cell("ACME").value?.price).toBe(101);
    expect(feed.symbolCount()).toBe(1);
    figures.stop();
  });

  it("keeps what it has while the database is away, says so, and recovers by itself", async () => {
    const { stored, boards, figures } = aWatch();
    await figures.start();
    stored.reachable = false;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(figures.database()).toBe("down");
    expect(boards.prices.cell("ACME").value?.price).toBe(100);
    Object.assign(stored, { reachable: true, close: 103, run: 3 });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(figures.database()).toBe("up");
    expect(boards.prices.cell("ACME").value?.price).toBe(103);
    figures.stop();
  });

  it("takes a database that hangs for one that is away", async () => {
    const { stored, figures } = aWatch();
    await figures.start();
    stored.hangs = true;
    await vi.advanceTimersByTimeAsync(11_000);
    expect(figures.database()).toBe("down");
    stored.hangs = false;
    await vi.advanceTimersByTimeAsync(11_000);
    expect(figures.database()).toBe("up");
    figures.stop();
  });

  it("starts without a database and loads as soon as there is one", async () => {
    const { stored, feed, figures } = aWatch();
    stored.reachable = false;
    await figures.start();
    expect([figures.database(), feed.symbolCount()]).toEqual(["down", 0]);
    stored.reachable = true;
    await vi.advanceTimersByTimeAsync(6_000);
    expect([figures.database(), feed.symbolCount()]).toEqual(["up", 1]);
    figures.stop();
    stored.reachable = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(figures.database()).toBe("up");
  });
});
