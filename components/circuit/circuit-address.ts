import type { ScenarioSpec } from "@/server/contracts/scenario";
import { scenarioOrFirst, scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { toldError, type ToldError } from "../app-shell/wire-error";
import { OVERLAYS, type Overlay } from "./circuit-reading";

const FIRST_QUARTER = 8;

export type CircuitAddress = {
  spec: ScenarioSpec;
  /** Why the scenario of the address cannot be read; null when it can. */
  problem: ToldError | null;
  quarter: number;
  overlay: Overlay;
};

/** Reads scenario, quarter (`at`) and overlay; what is out of range takes the nearest that is not. */
export function readCircuitAddress(query: string): CircuitAddress {
  const params = new URLSearchParams(query);
  const { spec, problem } = scenarioOrFirst(query);
  const text = params.get("at");
  const wanted = text === null || text.trim() === "" ? Number.NaN : Math.round(Number(text));
  const quarter = Math.min(Math.max(Number.isFinite(wanted) ? wanted : FIRST_QUARTER, 0), spec.quarters);
  return { spec, problem: problem && toldError(problem), quarter, overlay: OVERLAYS.find((overlay) => overlay === params.get("overlay")) ?? "both" };
}

/** The query of an address, readable; the overlay that everybody sees first is left out. */
export function writeCircuitAddress({ spec, quarter, overlay }: Omit<CircuitAddress, "problem">): string {
  return [scenarioToUrl(spec), `at=${quarter}`, ...(overlay === "both" ? [] : [`overlay=${overlay}`])].join("&");
}

/** The scenario part alone, for links to pages that show it in their own way. */
export const scenarioQuery = ({ spec, quarter }: Pick<CircuitAddress, "spec" | "quarter">): string => `${scenarioToUrl(spec)}&at=${Math.max(1, quarter)}`;
