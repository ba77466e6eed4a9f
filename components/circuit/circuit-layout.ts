import type { CIRCUIT_ELEMENTS, CIRCUIT_NODES, CircuitElement } from "@/server/contracts/circuit";

export type ElementId = (typeof CIRCUIT_ELEMENTS)[number];
export type NodeId = (typeof CIRCUIT_NODES)[number];

/** Half of the widest band and the widest edge an element has in any quarter, pixels. */
export type Extent = { half: number; edge: number };

/** A straight wire between two ports; money in flows from `x1` to `x2` when its current is positive. */
export type Wire = { id: ElementId; x1: number; x2: number; y: number; extent: Extent };
export type Bus = { id: NodeId; x: number; top: number; bottom: number; ports: number[] };
export type Box = { x: number; y: number; width: number; height: number };

export type CircuitLayout = {
  columns: Columns;
  width: number;
  height: number;
  wires: Wire[];
  buses: Bus[];
  /** The detail of the tranches and the panel of the interest branch; null without debt. */
  ladder: (Box & { left: number; right: number; top: number; bottom: number; rows: { id: ElementId; y: number }[] }) | null;
  interest: (Box & { y: number; height: number; wireY: number }) | null;
  rail: { x: number; top: number; bottom: number };
  kept: { x: number; top: number; bottom: number };
  plates: { y: number; height: number; cashX: number; equityX: number };
  legend: { x: number; y: number };
  residual: Box;
};

/** Where things stand from left to right. Words keep their size on every screen, so a narrower page gets other columns and not a smaller drawing. */
export type Columns = {
  left: number;
  /** Ends and starts of the three heads. */
  inEnd: number;
  inside: number;
  insideEnd: number;
  source: number;
  inRule: number;
  operations: number;
  lenders: number;
  obligations: number;
  owners: number;
  ladder: number;
  ladderLeft: number;
  coil: number;
  coilArrow: number;
  ladderRight: number;
  label: number;
  interestNote: number;
  toMeter: number;
  meter: number;
  pastMeter: number;
  fuseLeft: number;
  fuseRight: number;
  value: number;
  rule: number;
  symbol: number;
  arrow: number;
  receiver: number;
  rail: number;
  right: number;
};

export const WIDE_COLUMNS: Columns = {
  left: 0, inEnd: 272, inside: 300, insideEnd: 856, source: 182, inRule: 216, operations: 316, lenders: 508, obligations: 640, owners: 764,
  ladder: 552, ladderLeft: 584, coil: 652, coilArrow: 792, ladderRight: 848, label: 876, interestNote: 1090, toMeter: 930, meter: 1006, pastMeter: 1078, fuseLeft: 1108, fuseRight: 1196,
  value: 1106, rule: 1124, symbol: 1152, arrow: 1286, receiver: 1292, rail: 1306, right: 1328,
};
export const NARROW_COLUMNS: Columns = {
  left: 0, inEnd: 206, inside: 234, insideEnd: 772, source: 152, inRule: 186, operations: 250, lenders: 442, obligations: 560, owners: 704,
  ladder: 470, ladderLeft: 502, coil: 570, coilArrow: 710, ladderRight: 766, label: 792, interestNote: 982, toMeter: 838, meter: 910, pastMeter: 971, fuseLeft: 988, fuseRight: 1076,
  value: 988, rule: 1004, symbol: 1032, arrow: 1132, receiver: 1138, rail: 1152, right: 1174,
};
export const HEAD_Y = 26;
export const LEGEND_HEIGHT = 218;

const CLEAR = 8;
const LINE = 17;
/** Words of a row: one line above the band, one below; symbols reach 15 px below the wire and their rule stands under them. */
const above = ({ half }: Extent) => half + CLEAR + 18;
const below = ({ half, edge }: Extent) => Math.max(half + edge + CLEAR + 18, 36);
/** The coil itself reaches further than a thin band. */
export const coilReach = ({ half }: Extent): number => Math.max(half, 10);
const leftAbove = ({ half }: Extent) => Math.max(half, 26);
const leftBelow = ({ half, edge }: Extent) => Math.max(half + edge + 4, 32);

const ORDER: readonly ElementId[] = ["variableCosts", "fixedCosts", "operatingCosts", "costShock", "otherIncome", "tax", "capex", "workingCapital", "debtRepaid", "dividends", "otherUses"];
const COIL_ORDER: readonly ElementId[] = ["interestFixed", "interestFloating", "interestRenewed", "interestCreditLine", "interestUnladdered"];
const LINKS: readonly ElementId[] = ["toLenders", "toObligations", "toOwners"];

/**
 * Places the circuit as a staircase: money enters from the left, four junctions step down and right, claims leave to the right in their order,
 * so that every wire is straight and no two of them cross. Rows are as far apart as their widest band of any quarter asks for, which keeps
 * every position while the quarters play.
 *
 * @param elements  those present, with their junctions
 * @param extentOf  widest band and edge by element, pixels
 */
export function circuitLayout(elements: readonly Pick<CircuitElement, "id" | "from" | "to" | "column">[], extentOf: (id: ElementId) => Extent, columns: Columns = WIDE_COLUMNS): CircuitLayout {
  const busX = (node: NodeId): number => (node === "operations" || node === "lenders" || node === "obligations" ? columns[node] : columns.owners);
  const has = new Set(elements.map(({ id }) => id));
  const at = (node: NodeId, column: "in" | "out") => elements.filter((element) => element.column === column && (column === "in" ? element.to : element.from) === node).map(({ id }) => id);
  const inOrder = (ids: readonly ElementId[]) => ORDER.filter((id) => ids.includes(id));
  const coils = COIL_ORDER.filter((id) => has.has(id));
  const [link1, link2, link3] = LINKS.map(extentOf) as [Extent, Extent, Extent];
  const wires: Wire[] = [];
  const out = (node: NodeId, id: ElementId, y: number) => wires.push({ id, x1: busX(node), x2: columns.rail, y, extent: extentOf(id) });
  const into = (node: NodeId, id: ElementId, y: number) => wires.push({ id, x1: columns.source, x2: busX(node), y, extent: extentOf(id) });
  /** Stacks rows downwards from `first`, the lowest place its own row may take; returns the lowest edge of the last. */
  const stack = (node: NodeId, ids: readonly ElementId[], first: number): { edge: number; last: number } => {
    let edge = first;
    let last = first;
    let previous: number | null = null;
    for (const id of ids) {
      const extent = extentOf(id);
      last = Math.max(edge + above(extent), previous === null ? 0 : previous + 64);
      out(node, id, last);
      previous = last;
      edge = last + below(extent);
    }
    return { edge, last };
  };

  const operationsTop = 64;
  const costs = stack("operations", inOrder(at("operations", "out")), operationsTop - 4);

  let leftEdge = operationsTop + 40;
  for (const id of ["revenue", ...at("operations", "in").filter((one) => one !== "revenue")] as ElementId[]) {
    const y = leftEdge + leftAbove(extentOf(id));
    into("operations", id, y);
    leftEdge = y + leftBelow(extentOf(id)) + 14;
  }

  const panelTop = costs.edge + 16;
  const coilRows: { id: ElementId; y: number }[] = [];
  let coilEdge = panelTop + 36;
  for (const id of coils) {
    const extent = extentOf(id);
    const y = Math.max(coilEdge + coilReach(extent) + 24, coils.length === 1 ? panelTop + 116 : 0);
    coilRows.push({ id, y });
    coilEdge = y + Math.max(coilReach(extent), extent.half + extent.edge) + 24;
  }
  const panelHeight = coils.length === 0 ? 0 : Math.max(258, coilEdge + 8 - panelTop);
  const lenderLabel = link1.half + 22 + 46;
  const linkY1 = Math.max(panelTop + (coils.length === 0 ? 0 : 116), costs.edge - 12 + lenderLabel, 200);
  wires.push({ id: "toLenders", x1: columns.operations, x2: columns.lenders, y: linkY1, extent: link1 });
  const operationsBottom = Math.max(linkY1 + link1.half + link1.edge, leftEdge - 26) + 12;

  const newDebt = extentOf("newDebt");
  let lendersLow = Math.max(linkY1 + link1.half + link1.edge + 18 + 4 * LINE, operationsBottom + 16);
  const lenderInflows = at("lenders", "in");
  for (const id of lenderInflows) {
    const y = Math.max(lendersLow, leftEdge) + leftAbove(newDebt) + 4;
    into("lenders", id, y);
    leftEdge = y + leftBelow(newDebt) + 14;
    lendersLow = y + newDebt.half + newDebt.edge + 26;
  }

  const firstObligation = inOrder(at("obligations", "out"));
  const tax = extentOf(firstObligation[0] ?? "tax");
  const linkGap = tax.half + tax.edge + link2.half + CLEAR;
  // Clear of the panels above with the junction's name between, and of the last inflow the lenders' junction takes.
  const taxAtLeast = Math.max(panelTop + panelHeight + 46 + tax.half, lendersLow + link2.half + CLEAR - linkGap);
  const obligationsStart = Math.max(taxAtLeast - above(tax), costs.edge);
  const obligations = stack("obligations", firstObligation, obligationsStart);
  const taxY = wires.find(({ id }) => id === firstObligation[0])?.y ?? obligationsStart + above(tax);
  const linkY2 = taxY + linkGap;
  wires.push({ id: "toObligations", x1: columns.lenders, x2: columns.obligations, y: linkY2, extent: link2 });
  const lendersBottom = linkY2 + link2.half + link2.edge + 12;

  let obligationsLow = Math.max(linkY2 + link2.half + link2.edge + 18 + 3 * LINE, lendersBottom + 16);
  for (const id of at("obligations", "in")) {
    const extent = extentOf(id);
    const y = Math.max(obligationsLow + 6, leftEdge) + leftAbove(extent);
    into("obligations", id, y);
    leftEdge = y + leftBelow(extent) + 14;
    obligationsLow = y + extent.half + extent.edge + 20;
  }

  const dividends = extentOf("dividends");
  const ownersReach = Math.max(link3.half, dividends.half);
  const linkY3 = Math.max(obligations.last + 98, obligations.edge + Math.max(ownersReach + 66, above(dividends)), obligationsLow + ownersReach);
  wires.push({ id: "toOwners", x1: columns.obligations, x2: columns.owners, y: linkY3, extent: link3 });
  const obligationsBottom = linkY3 + link3.half + link3.edge + 12;
  const ownerOutflows = inOrder(at("owners", "out"));
  // The first claim of the owners runs straight on from the wire that feeds them.
  const owners = stack("owners", ownerOutflows, linkY3 - above(extentOf(ownerOutflows[0] ?? "dividends")));
  let ownersLow = Math.max(linkY3 + link3.half + link3.edge + 18 + 3 * LINE, ownerOutflows.length > 0 ? Math.max(owners.last + 22, owners.edge - 12) : 0, obligationsBottom + 6);
  for (const id of at("owners", "in")) {
    const extent = extentOf(id);
    const y = Math.max(ownersLow + 6, obligationsBottom + 12, leftEdge) + leftAbove(extent);
    into("owners", id, y);
    leftEdge = y + leftBelow(extent) + 14;
    ownersLow = y + extent.half + extent.edge + 14;
  }

  if (coils.length > 0) {
    for (const { id, y } of coilRows) wires.push({ id, x1: columns.ladderLeft, x2: columns.ladderRight, y, extent: extentOf(id) });
    wires.push({ id: "interest", x1: columns.lenders, x2: columns.rail, y: linkY1, extent: extentOf("interest") });
  }

  const portsOf = (x: number) => wires.filter(({ id }) => !coils.includes(id)).flatMap(({ x1, x2, y }) => (x1 === x || x2 === x ? [y] : []));
  const bus = (id: NodeId, top: number, bottom: number): Bus => ({ id, x: busX(id), top, bottom, ports: [...new Set(portsOf(busX(id)))] });
  const ownersBus = bus("owners", linkY3 - ownersReach - 18, ownersLow);
  const plateY = ownersBus.bottom + 46;
  const outs = wires.filter(({ x2 }) => x2 === columns.rail).map(({ y }) => y);
  const railBottom = Math.max(...outs) + 40;
  const legend = { x: 0, y: Math.max(leftEdge + 26, panelTop + 320) };
  const residual = { x: columns.right - 256, y: Math.max(railBottom + 44, plateY), width: 256, height: 62 };
  return {
    columns,
    width: columns.right,
    height: Math.ceil(Math.max(plateY + 48 + 44, legend.y + LEGEND_HEIGHT, residual.y + residual.height + 8)),
    wires,
    buses: [
      bus("operations", operationsTop, operationsBottom),
      bus("lenders", linkY1 - link1.half - 18, lendersBottom),
      bus("obligations", taxY - tax.half - 18, obligationsBottom),
      ownersBus,
    ],
    ladder: coils.length === 0 ? null : {
      x: columns.ladder, y: panelTop, width: 310, height: panelHeight, left: columns.ladderLeft, right: columns.ladderRight,
      top: Math.min(coilRows[0]!.y, linkY1) - 20, bottom: Math.max(coilRows.at(-1)!.y, linkY1) + 20, rows: coilRows,
    },
    interest: coils.length === 0 ? null : { x: columns.label, y: panelTop, width: columns.right - columns.label, height: panelHeight, wireY: linkY1 },
    rail: { x: columns.rail, top: Math.min(...outs), bottom: railBottom },
    kept: { x: columns.owners, top: ownersBus.bottom, bottom: plateY },
    plates: { y: plateY, height: 48, cashX: columns.owners, equityX: columns.owners - 102 },
    legend,
    residual,
  };
}
