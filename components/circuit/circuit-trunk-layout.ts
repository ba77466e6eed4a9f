import type { CircuitDto } from "@/server/contracts/circuit";
import type { ElementId, NodeId } from "./circuit-layout";
import type { CircuitReading, Overlay } from "./circuit-reading";

export const TRUNK_WIDTH = 360;
export const TRUNK_X = 30;
const ROW = 60;

export type TrunkItem =
  | { type: "head"; key: string; y: number; words: string; usd: number }
  | { type: "junction"; key: string; y: number; link: ElementId; node: NodeId; paid: boolean }
  | { type: "element"; id: ElementId; y: number };

export type TrunkLayout = { items: TrunkItem[]; height: number; interest: { y: number; height: number } | null };

const COSTS: readonly ElementId[] = ["variableCosts", "fixedCosts", "operatingCosts", "costShock", "otherIncome"];
const TRANCHES: readonly ElementId[] = ["interestFixed", "interestFloating", "interestRenewed", "interestCreditLine", "interestUnladdered"];
const OBLIGATIONS: readonly ElementId[] = ["workingCapital", "tax", "capex", "debtRepaid"];
const OWNERS: readonly ElementId[] = ["dividends", "otherUses"];

/** Rows of the narrow circuit from top to bottom: money in, costs, lenders with the red group, obligations, owners, cash. */
export function trunkLayout({ elements }: Pick<CircuitDto, "elements">, { byId, totals }: Pick<CircuitReading, "byId" | "totals">, overlay: Overlay): TrunkLayout {
  const shown = (id: ElementId) => (overlay === "before" ? byId.get(id)?.before : byId.get(id)?.after) ?? 0;
  const has = (id: ElementId) => byId.has(id);
  const column = (id: ElementId) => elements.find((element) => element.id === id)?.column;
  const items: TrunkItem[] = [];
  let y = 24;
  const head = (key: string, words: string, usd: number) => {
    items.push({ type: "head", key, y, words, usd });
    y += 50;
  };
  const rows = (ids: readonly ElementId[]) => {
    for (const id of ids.filter(has)) {
      items.push({ type: "element", id, y });
      y += ROW;
    }
  };
  const junction = (node: NodeId, link: ElementId) => {
    items.push({ type: "junction", key: node, y: y - 4, link, node, paid: (byId.get("fixedCosts") ?? byId.get("operatingCosts"))?.figuresAfter.depreciation != null });
    y += 54;
  };
  const spent = COSTS.filter((id) => column(id) === "out");
  head("in", "diagram.moneyIn", totals.in);
  rows(["revenue", ...COSTS.filter((id) => column(id) === "in")]);
  y += 2;
  head("costs", "trunk.costs", spent.reduce((sum, id) => sum + shown(id), 0));
  rows(spent);
  junction("lenders", "toLenders");
  rows(["newDebt"]);
  let interest: TrunkLayout["interest"] = null;
  if (has("interest")) {
    head("interest", "element.interest", shown("interest"));
    const top = y - 32;
    rows([...TRANCHES, "fuse"]);
    interest = { y: top, height: y - 32 - top + 4 };
    y += 8;
  }
  junction("obligations", "toObligations");
  rows(OBLIGATIONS);
  junction("owners", "toOwners");
  rows(OWNERS);
  y += 34;
  items.push({ type: "element", id: "kept", y });
  return { items, height: y + 60, interest };
}
