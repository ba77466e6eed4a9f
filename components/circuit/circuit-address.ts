import type { ScenarioSpec } from "@/server/contracts/scenario";
import { AppError } from "@/server/domain/app-error";
import { scenarioFromUrl, scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { OVERLAYS, type Overlay } from "./circuit-reading";

/** What a circuit shows when its address names no scenario. */
const FIRST_SCENARIO = "s=fedFunds:100bp:step:1:40&mode=respond&q=12";
const FIRST_QUARTER = 8;

export type CircuitAddress = {
  spec: ScenarioSpec;
  /** Why the scenario of the address cannot be read; null when it can. */
  problem: string | null;
  quarter: number;
  overlay: Overlay;
};

/** Reads scenario, quarter (`at`) and overlay; what is out of range takes the nearest that is not. */
export function readCircuitAddress(query: string): CircuitAddress {
  const params = new URLSearchParams(query);
  const { spec, problem } = readScenario(params, query);
  const text = params.get("at");
  const wanted = text === null || text.trim() === "" ? Number.NaN : Math.round(Number(text));
  const quarter = Math.min(Math.max(Number.isFinite(wanted) ? wanted : FIRST_QUARTER, 0), spec.quarters);
  return { spec, problem, quarter, overlay: OVERLAYS.find((overlay) => overlay === params.get("overlay")) ?? "both" };
}

function readScenario(params: URLSearchParams, query: string): Pick<CircuitAddress, "spec" | "problem"> {
  try {
    const { shocks, mode, quarters } = scenarioFromUrl(params.has("s") || params.has("mode") ? query : FIRST_SCENARIO);
    return { spec: { shocks: [...shocks], mode, quarters }, problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { shocks, mode, quarters } = scenarioFromUrl(FIRST_SCENARIO);
    return { spec: { shocks: [...shocks], mode, quarters }, problem: error.message };
  }
}

/** The query of an address, readable; the overlay that everybody sees first is left out. */
export function writeCircuitAddress({ spec, quarter, overlay }: Omit<CircuitAddress, "problem">): string {
  return [scenarioToUrl(spec), `at=${quarter}`, ...(overlay === "both" ? [] : [`overlay=${overlay}`])].join("&");
}

/** The scenario part alone, for links to pages that show it in their own way. */
export const scenarioQuery = ({ spec, quarter }: Pick<CircuitAddress, "spec" | "quarter">): string => `${scenarioToUrl(spec)}&at=${Math.max(1, quarter)}`;
