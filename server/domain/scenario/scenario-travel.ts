import { compareText } from "@/server/domain/shared/compare-text";
import type { EngineConnection } from "./prepare-engine";

export type TravelStep = { from: string; to: string; quarter: number; hop: number; sign: number };

type Arrival = { key: string; quarter: number; hop: number; sign: number };

/**
 * The connections over which a shock travels, in the order in which it reaches them.
 *
 *     arrival(to) = arrival(from) + lag;  hop 0 leaves the drivers that move;  a node is reached once, by the earliest connection
 *
 * @param sources  drivers that move: node key, first quarter in which they do, sign of that move
 * @param connections  stored connections; impacts that were tested and found insignificant carry nothing, memberships run from sector to member, supply from customer to supplier
 * @returns steps by quarter, then hop; `sign` is the direction in which `to` is pushed; every connection at most once, and only into nodes that are not reached earlier
 */
export function scenarioTravel(sources: readonly { key: string; quarter: number; sign: number }[], connections: readonly EngineConnection[]): TravelStep[] {
  const outgoing = new Map<string, { to: string; lag: number; sign: number }[]>();
  const put = (from: string, link: { to: string; lag: number; sign: number }) => {
    const links = outgoing.get(from);
    if (links) links.push(link);
    else outgoing.set(from, [link]);
  };
  for (const { kind, from, to, sign, lagQuarters, significant } of connections) {
    if (kind === "impact" && significant !== false && sign !== 0) put(from, { to, lag: lagQuarters, sign });
    if (kind === "membership" && from.startsWith("company:") && to.startsWith("sector:")) put(to, { to: from, lag: 0, sign: 1 });
    if (kind === "supply") put(to, { to: from, lag: lagQuarters, sign: 1 });
  }
  const reached = new Map<string, Arrival>();
  const steps = new Map<string, TravelStep>();
  let wave: Arrival[] = sources.map((source) => ({ ...source, hop: 0 }));
  while (wave.length > 0) {
    // The earliest arrivals go first; whatever they reach in the same quarter joins the next wave, one hop later.
    const first = Math.min(...wave.map(({ quarter }) => quarter));
    const now = wave.filter(({ quarter }) => quarter === first).sort((a, b) => a.hop - b.hop || compareText(a.key, b.key));
    wave = wave.filter(({ quarter }) => quarter > first);
    const hop = now[0]!.hop;
    for (const here of now) {
      if (here.hop > hop) {
        wave.push(here);
        continue;
      }
      if (reached.has(here.key)) continue;
      reached.set(here.key, here);
      for (const { to, lag, sign } of outgoing.get(here.key) ?? []) {
        const arrival = { key: to, quarter: here.quarter + lag, hop: here.hop + 1, sign: here.sign * sign };
        const id = `${here.key}>${to}`;
        if ((reached.get(to)?.quarter ?? arrival.quarter) < arrival.quarter || steps.has(id)) continue;
        steps.set(id, { from: here.key, to, quarter: arrival.quarter, hop: here.hop, sign: arrival.sign });
        wave.push(arrival);
      }
    }
  }
  return [...steps.values()].sort((a, b) => a.quarter - b.quarter || a.hop - b.hop || compareText(a.from, b.from) || compareText(a.to, b.to));
}
