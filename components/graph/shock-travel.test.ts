import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextHopEnd, previousHopEnd, travelProgress, travelSchedule } from "./shock-travel";

const step = (from: string, to: string, hop: number, quarter = 1) => ({ from, to, hop, quarter, sign: -1 });
const chain = [step("driver:fedFunds", "sector:REALESTATE", 0), step("sector:REALESTATE", "company:O", 1), step("driver:fedFunds", "company:PLD", 0, 2), step("sector:REALESTATE", "company:PLD", 1), step("company:O", "company:SPG", 2, 3)];
const aTravel = fc.array(fc.record({ from: fc.constantFrom("driver:oil", "sector:A", "company:B"), to: fc.constantFrom("sector:A", "company:B", "company:C", "company:D"), hop: fc.integer({ min: 0, max: 4 }), quarter: fc.integer({ min: 0, max: 6 }), sign: fc.constantFrom(-1, 1) }), { maxLength: 30 });

describe("travelSchedule", () => {
  it("starts no hop before the one before has ended", () => {
    const { edges, hopEnds } = travelSchedule(chain);
    for (const edge of edges) expect(edge.start).toBeGreaterThanOrEqual(edge.hop === 0 ? 0 : hopEnds[edge.hop - 1]!);
  });

  it("lets the shorter lag leave first within a hop", () => {
    const { edges } = travelSchedule(chain);
    expect(edges.find((e) => e.to === "sector:REALESTATE")!.start).toBeLessThan(edges.find((e) => e.to === "company:PLD" && e.hop === 0)!.start);
  });

  it("counts a company once, at its first arrival", () => {
    const { companyTimes, reachedAt, edges } = travelSchedule(chain);
    expect(companyTimes).toHaveLength(3);
    expect(reachedAt.get("company:PLD")).toBe(edges.find((e) => e.to === "company:PLD" && e.hop === 0)!.end);
    expect(reachedAt.get("driver:fedFunds")).toBe(0);
  });
});

describe("travelProgress", () => {
  it("names the hop under way and the companies reached", () => {
    const schedule = travelSchedule(chain, { hopSeconds: 1 });
    expect(travelProgress(schedule, 0)).toEqual({ hop: 1, hops: 3, companiesReached: 0, fraction: 0, done: false });
    expect(travelProgress(schedule, 1)).toMatchObject({ hop: 2, companiesReached: 1 });
    expect(travelProgress(schedule, 3)).toEqual({ hop: 3, hops: 3, companiesReached: 3, fraction: 1, done: true });
  });

  it("never goes back while time runs, and ends with every company", () => {
    fc.assert(fc.property(aTravel, fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 2 }), (travel, times) => {
      const schedule = travelSchedule(travel);
      const seen = [...times].sort((a, b) => a - b).map((time) => travelProgress(schedule, time));
      seen.reduce((a, b) => {
        expect(b.companiesReached).toBeGreaterThanOrEqual(a.companiesReached);
        expect(b.hop).toBeGreaterThanOrEqual(a.hop);
        return b;
      });
      expect(travelProgress(schedule, schedule.duration)).toMatchObject({ done: true, companiesReached: schedule.companyTimes.length, fraction: 1 });
    }));
  });

  it("is done at once when nothing travels", () => {
    expect(travelProgress(travelSchedule([]), 0)).toEqual({ hop: 0, hops: 0, companiesReached: 0, fraction: 1, done: true });
  });

  it("steps from hop to hop", () => {
    const schedule = travelSchedule(chain, { hopSeconds: 1 });
    expect([nextHopEnd(schedule, 0), nextHopEnd(schedule, 1), nextHopEnd(schedule, 3)]).toEqual([1, 2, 3]);
    expect([previousHopEnd(schedule, 3), previousHopEnd(schedule, 1.5), previousHopEnd(schedule, 0)]).toEqual([2, 1, 0]);
  });
});
