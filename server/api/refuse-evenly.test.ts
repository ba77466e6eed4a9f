import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { refuseEvenly } from "./refuse-evenly";

const timed = async (work: () => Promise<unknown>) => {
  const from = performance.now();
  await work().catch(() => null);
  return performance.now() - from;
};

it("takes as long for a quick refusal as for a slow one, and hands the reason on", async () => {
  const refusal = async (ms: number) => {
    await wait(ms);
    throw new Error("no");
  };
  const took = await Promise.all([1, 60].map((ms) => timed(() => refuseEvenly(() => refusal(ms), 150))));
  for (const ms of took) expect(ms).toBeGreaterThanOrEqual(148);
  expect(Math.abs(took[0]! - took[1]!)).toBeLessThan(40);
  await expect(refuseEvenly(() => refusal(1), 5)).rejects.toThrow("no");
});

it("keeps nobody waiting who is let in", async () => {
  expect(await timed(() => refuseEvenly(async () => "in", 5_000))).toBeLessThan(1_000);
});
