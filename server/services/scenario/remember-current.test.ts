import { describe, expect, it, vi } from "vitest";
import { createMemoryCache } from "@/server/platform/cache";
import type { Ctx } from "@/server/services/ctx";
import { rememberCurrent } from "./remember-current";

const ctx = () => ({ cache: createMemoryCache(() => new Date(0)) }) as unknown as Ctx;

describe("rememberCurrent", () => {
  it("loads once for a stamp and anew for another", async () => {
    const here = ctx();
    const load = vi.fn(async () => load.mock.calls.length);
    const get = (stamp: string) => rememberCurrent(here, { key: "k", stamp, ttlMs: 1_000 }, load);
    expect([await get("a"), await get("a"), await get("b"), await get("b"), await get("a")]).toEqual([1, 1, 2, 2, 3]);
  });

  it("never answers with another stamp's value, however callers interleave", async () => {
    const here = ctx();
    const get = (stamp: string) => rememberCurrent(here, { key: "k", stamp, ttlMs: 1_000 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return stamp;
    });
    const wanted = Array.from({ length: 60 }, (_, i) => "abc"[i % 3]!);
    expect(await Promise.all(wanted.map(get))).toEqual(wanted);
  });

  it("does not keep a failure", async () => {
    const here = ctx();
    await expect(rememberCurrent(here, { key: "k", stamp: "a", ttlMs: 1_000 }, async () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await rememberCurrent(here, { key: "k", stamp: "a", ttlMs: 1_000 }, async () => "up")).toBe("up");
  });
});
