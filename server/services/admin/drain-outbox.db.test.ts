import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { createTestCtx } from "@/server/testing/test-ctx";
import { drainOutbox, type OutgoingEvent } from "./drain-outbox";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

describe("drainOutbox", () => {
  it("sends each row once, however many drain at the same time, and keeps what could not be sent", async () => {
    await drainOutbox(ctx, async () => undefined);
    const tags = Array.from({ length: 130 }, () => randomUUID());
    await ctx.db.outboxEvent.createMany({ data: tags.map((tag) => ({ name: "test/outbox", data: { tag } })) });
    await expect(drainOutbox(ctx, () => Promise.reject(new Error("server away")))).rejects.toThrow("server away");
    expect(await ctx.db.outboxEvent.count({ where: { sentAt: null, lastError: "server away", attempts: 1 } })).toBe(100);

    const sent: OutgoingEvent[] = [];
    const send = async (events: OutgoingEvent[]) => void sent.push(...events);
    const counts = await Promise.all([drainOutbox(ctx, send), drainOutbox(ctx, send)]);
    expect(counts.reduce((sum, { sent: n }) => sum + n, 0)).toBe(130);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(130);
    expect(sent.map(({ data }) => data.tag).sort()).toEqual([...tags].sort());
    expect(await drainOutbox(ctx, send)).toEqual({ sent: 0 });
  });
});
