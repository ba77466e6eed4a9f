import { afterAll, afterEach, describe, expect, it } from "vitest";
import { tellInbox } from "@/server/services/notification/tell-inbox";
import { INFLUENCER_CHANNEL } from "@/server/services/social/store-posts";
import { createTestCtx } from "@/server/testing/test-ctx";
import { listenToInboxes, type InboxListener } from "./inbox-listener";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());
const listeners: InboxListener[] = [];
afterEach(async () => {
  for (const { stop } of listeners.splice(0)) await stop();
});

function aListener(mark: string) {
  const heard = { changed: [] as string[], reloads: 0, checks: 0, alerts: 0 };
  const listener = listenToInboxes({
    connectionString: `${process.env.DATABASE_URL}?application_name=${mark}`,
    rooms: { changed: (userId) => void heard.changed.push(userId), check: async () => void heard.checks++, reload: async () => void heard.reloads++, alerted: () => void heard.alerts++ },
    log: ctx.log, checkEveryMs: 50, againAfterMs: 50,
  });
  listeners.push(listener);
  return { heard, listener };
}

async function until(holds: () => boolean) {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("inbox listener", () => {
  it("hears of a change once its transaction commits, and never of one that is rolled back", async () => {
    const { heard, listener } = aListener("inbox_hears");
    await listener.ready;
    const rolledBack = ctx.db.$transaction(async (tx) => {
      await tellInbox(tx, "dropped");
      throw new RangeError("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    await ctx.db.$transaction((tx) => tellInbox(tx, "kept"));
    await until(() => heard.changed.includes("kept"));
    expect(heard.changed).not.toContain("dropped");
    await until(() => heard.checks > 1);
    expect(heard.reloads).toBe(1);
  });

  it("hears of a post that moved apart from changed inboxes", async () => {
    const { heard, listener } = aListener("inbox_alerts");
    await listener.ready;
    await ctx.db.$executeRaw`SELECT pg_notify(${INFLUENCER_CHANNEL}, '{}')`;
    await until(() => heard.alerts > 0);
    expect(heard.changed).not.toContain("{}");
  });

  it("listens again by itself after its connection was cut, and makes good what it has missed", async () => {
    const { heard, listener } = aListener("inbox_cut");
    await listener.ready;
    await ctx.db.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inbox_cut'`;
    await until(() => heard.reloads === 2);
    await tellInbox(ctx.db, "after");
    await until(() => heard.changed.includes("after"));
  });
});
