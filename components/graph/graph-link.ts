import { CONNECTION_KINDS, NODE_KINDS } from "@/server/contracts/graph";
import { SECTOR_CODES } from "@/server/contracts/market";
import type { ScenarioSpec } from "@/server/contracts/scenario";
import { AppError } from "@/server/domain/app-error";
import { scenarioFromUrl, scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { toldError, type ToldError } from "@/components/app-shell/wire-error";
import { DEFAULT_FILTERS, type GraphFilters } from "./graph-filter";

export const GRAPH_VIEWS = ["3d", "2d", "table"] as const;
export type GraphViewName = (typeof GRAPH_VIEWS)[number];

/** Everything that decides what the dashboard shows; a link carries all of it. */
export type GraphView = {
  /** Null: the person has not chosen, the device decides. */
  view: GraphViewName | null;
  node: string | null;
  /** Without shocks: the graph at rest. */
  spec: ScenarioSpec;
  /** Why the scenario of the link could not be read; null when it could. */
  linkError: ToldError | null;
  /** Quarter looked at; null: the last one. */
  quarter: number | null;
  filters: GraphFilters;
};

export const DEFAULT_SPEC: ScenarioSpec = { shocks: [], mode: "respond", quarters: 12 };
export const DEFAULT_VIEW: GraphView = { view: null, node: null, spec: DEFAULT_SPEC, linkError: null, quarter: null, filters: DEFAULT_FILTERS };

const NONE = "none";

/** The query of a view without "?"; what equals the default is left out. */
export function encodeGraphView(state: GraphView): string {
  const { filters } = state;
  const parts: [string, string][] = [];
  const put = (name: string, value: string | number, fallback: string | number) => {
    if (value !== fallback) parts.push([name, String(value)]);
  };
  put("at", state.quarter ?? "", "");
  put("node", state.node ?? "", "");
  put("view", state.view ?? "", "");
  put("hide", filters.hiddenKinds.join(","), "");
  put("unlink", filters.hiddenConnections.join(",") || NONE, DEFAULT_FILTERS.hiddenConnections.join(","));
  put("sector", filters.sectors.join(","), "");
  put("min", filters.minStrength, 0);
  put("sig", filters.significantOnly ? 1 : 0, 0);
  put("icr", filters.minIcrDelta, 0);
  // Colons and commas are legal in a query and keep the link readable.
  const rest = parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2C", ",")}`);
  const atRest = state.spec.shocks.length === 0 && state.spec.mode === DEFAULT_SPEC.mode && state.spec.quarters === DEFAULT_SPEC.quarters;
  return [...(atRest ? [] : [scenarioToUrl(state.spec)]), ...rest].join("&");
}

function readScenario(query: string): Pick<GraphView, "spec" | "linkError"> {
  try {
    const { shocks, mode, quarters } = scenarioFromUrl(query);
    return { spec: { shocks: [...shocks], mode, quarters }, linkError: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { spec: DEFAULT_SPEC, linkError: toldError(error) };
  }
}

const within = (text: string | null, min: number, max: number, fallback: number): number => {
  const value = Number(text);
  return text !== null && text !== "" && Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : fallback;
};
const listed = <T extends string>(text: string | null, allowed: readonly T[]): T[] => allowed.filter((name) => (text ?? "").split(",").includes(name));

/** The view a link describes; whatever is unknown or out of range falls back to the default. */
export function decodeGraphView(text: string): GraphView {
  const query = new URLSearchParams(text);
  const scenario = readScenario(text);
  const { quarters } = scenario.spec;
  const quarter = query.get("at");
  const view = query.get("view");
  const node = query.get("node");
  const unlink = query.get("unlink");
  return {
    view: GRAPH_VIEWS.find((name) => name === view) ?? null,
    node: node && node.length <= 80 && node.includes(":") ? node : null,
    ...scenario,
    quarter: quarter === null || quarter === "" ? null : Math.round(within(quarter, 0, quarters, quarters)),
    filters: {
      hiddenKinds: listed(query.get("hide"), NODE_KINDS),
      hiddenConnections: unlink === null ? DEFAULT_FILTERS.hiddenConnections : listed(unlink, CONNECTION_KINDS),
      sectors: listed(query.get("sector"), SECTOR_CODES),
      minStrength: within(query.get("min"), 0, 1, 0),
      significantOnly: query.get("sig") === "1",
      minIcrDelta: within(query.get("icr"), 0, 100, 0),
    },
  };
}
