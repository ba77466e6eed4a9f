import { CONNECTION_KINDS, NODE_KINDS } from "@/server/contracts/graph";
import { SECTOR_CODES } from "@/server/contracts/market";
import { RESPONSE_MODES, type ScenarioSpec, type Shock } from "@/server/contracts/scenario";
import { DEFAULT_FILTERS, type GraphFilters } from "./graph-filter";
import { decodeShocks, encodeShocks } from "./shock-code";

export const GRAPH_VIEWS = ["3d", "2d", "table"] as const;
export type GraphViewName = (typeof GRAPH_VIEWS)[number];

/** Everything that decides what the dashboard shows; a link carries all of it. */
export type GraphView = {
  /** Null: the person has not chosen, the device decides. */
  view: GraphViewName | null;
  node: string | null;
  shocks: Shock[];
  mode: ScenarioSpec["mode"];
  /** Length of the scenario in quarters. */
  quarters: number;
  /** Quarter looked at; null: the last one. */
  quarter: number | null;
  filters: GraphFilters;
};

export const DEFAULT_VIEW: GraphView = { view: null, node: null, shocks: [], mode: "respond", quarters: 12, quarter: null, filters: DEFAULT_FILTERS };

const NONE = "none";

/** The query of a view without "?"; what equals the default is left out. */
export function encodeGraphView(state: GraphView): string {
  const { filters } = state;
  const parts: [string, string][] = [];
  const put = (name: string, value: string | number, fallback: string | number) => {
    if (value !== fallback) parts.push([name, String(value)]);
  };
  put("s", encodeShocks(state.shocks), "");
  put("mode", state.mode, DEFAULT_VIEW.mode);
  put("q", state.quarters, DEFAULT_VIEW.quarters);
  put("quarter", state.quarter ?? "", "");
  put("node", state.node ?? "", "");
  put("view", state.view ?? "", "");
  put("hide", filters.hiddenKinds.join(","), "");
  put("unlink", filters.hiddenConnections.join(",") || NONE, DEFAULT_FILTERS.hiddenConnections.join(","));
  put("sector", filters.sectors.join(","), "");
  put("min", filters.minStrength, 0);
  put("sig", filters.significantOnly ? 1 : 0, 0);
  put("icr", filters.minIcrDelta, 0);
  // Colons and commas are legal in a query and keep the link readable.
  return parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2C", ",")}`).join("&");
}

const within = (text: string | null, min: number, max: number, fallback: number): number => {
  const value = Number(text);
  return text !== null && text !== "" && Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : fallback;
};
const listed = <T extends string>(text: string | null, allowed: readonly T[]): T[] => allowed.filter((name) => (text ?? "").split(",").includes(name));

/** The view a link describes; whatever is unknown or out of range falls back to the default. */
export function decodeGraphView(query: Pick<URLSearchParams, "get">): GraphView {
  const quarters = Math.round(within(query.get("q"), 1, 40, DEFAULT_VIEW.quarters));
  const quarter = query.get("quarter");
  const view = query.get("view");
  const node = query.get("node");
  const unlink = query.get("unlink");
  return {
    view: GRAPH_VIEWS.find((name) => name === view) ?? null,
    node: node && node.length <= 80 && node.includes(":") ? node : null,
    shocks: decodeShocks(query.get("s") ?? ""),
    mode: RESPONSE_MODES.find((name) => name === query.get("mode")) ?? DEFAULT_VIEW.mode,
    quarters,
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
