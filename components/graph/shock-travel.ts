import type { ScenarioResult } from "@/server/contracts/scenario";

export type TravelStep = ScenarioResult["travel"][number];
export type TravelEdge = TravelStep & {
  /** Seconds of play at speed 1. */
  start: number;
  end: number;
};
export type TravelSchedule = {
  edges: TravelEdge[];
  hops: number;
  /** Seconds of play at speed 1; 0 when nothing travels. */
  duration: number;
  /** When the shock first arrives at a node; shocked drivers at 0. */
  reachedAt: Map<string, number>;
  /** Arrival times at companies, ascending. */
  companyTimes: number[];
  /** End of each hop, ascending. */
  hopEnds: number[];
};
export type TravelProgress = { hop: number; hops: number; companiesReached: number; fraction: number; done: boolean };

const HOP_SECONDS = 1.6;
/** Share of a hop over which departures are spread by lag; the rest is the flight itself. */
const STAGGER = 0.45;

/** Gives every travelled connection its place in time: hop after hop, and within a hop the shorter lag first. */
export function travelSchedule(travel: readonly TravelStep[], { hopSeconds = HOP_SECONDS }: { hopSeconds?: number } = {}): TravelSchedule {
  const hopNumbers = [...new Set(travel.map((step) => step.hop))].sort((a, b) => a - b);
  const reachedAt = new Map<string, number>();
  const edges: TravelEdge[] = [];
  const hopEnds: number[] = [];
  hopNumbers.forEach((hop, order) => {
    const steps = travel.filter((step) => step.hop === hop);
    const quarters = [...new Set(steps.map((step) => step.quarter))].sort((a, b) => a - b);
    const begin = order * hopSeconds;
    // Within one lag the departures are spread a little, so that they read as many and not as a front.
    const slot = (STAGGER * hopSeconds) / quarters.length;
    for (const [i, step] of steps.entries()) {
      const start = begin + quarters.indexOf(step.quarter) * slot + (((i * 0.618_034) % 1) * slot) * 0.8;
      const end = start + (1 - STAGGER) * hopSeconds;
      edges.push({ ...step, start, end });
      if (order === 0 && !reachedAt.has(step.from)) reachedAt.set(step.from, 0);
      reachedAt.set(step.to, Math.min(reachedAt.get(step.to) ?? Infinity, end));
    }
    hopEnds.push(begin + hopSeconds);
  });
  const companyTimes = [...reachedAt].filter(([key]) => key.startsWith("company:")).map(([, time]) => time).sort((a, b) => a - b);
  return { edges, hops: hopNumbers.length, duration: hopNumbers.length * hopSeconds, reachedAt, companyTimes, hopEnds };
}

/** How far the shock has come after `time` seconds: the hop under way (from 1), and the companies it has arrived at. */
export function travelProgress(schedule: TravelSchedule, time: number): TravelProgress {
  const { hops, duration, companyTimes, hopEnds } = schedule;
  const done = time >= duration;
  const passed = hopEnds.filter((end) => end <= time).length;
  return {
    hop: Math.min(hops, passed + (done ? 0 : 1)),
    hops,
    companiesReached: done ? companyTimes.length : companyTimes.filter((arrival) => arrival <= time).length,
    fraction: duration === 0 ? 1 : Math.min(1, Math.max(0, time / duration)),
    done,
  };
}

/** The end of the hop under way: where a step forward lands. */
export const nextHopEnd = (schedule: TravelSchedule, time: number): number => schedule.hopEnds.find((end) => end > time + 1e-6) ?? schedule.duration;
/** The start of the hop under way, or of the one before when it has only just begun. */
export const previousHopEnd = (schedule: TravelSchedule, time: number): number => schedule.hopEnds.findLast((end) => end < time - 1e-6) ?? 0;
