import type { CircuitDto } from "@/server/contracts/circuit";
import { HEAD_Y, coilReach, type Box, type CircuitLayout, type ElementId } from "./circuit-layout";
import type { CircuitReading, ElementReading, Overlay } from "./circuit-reading";
import type { CircuitWords } from "./circuit-words";

export type LabelLook = "name" | "junction" | "value" | "valueLarge" | "valueHuge" | "change" | "quiet" | "head" | "headValue" | "panel";
/** A line of words at a baseline. `tone` is for what is worse; `mark` is the arrow before a change. */
export type Label = { key: string; x: number; y: number; anchor: "start" | "middle" | "end"; look: LabelLook; text: string; tone?: "hot"; mark?: "up" | "down"; element?: ElementId; /** More on the same line, in another look. */ tail?: readonly { text: string; look: LabelLook; mark?: "up" | "down" }[] };

const SIZE: Record<LabelLook, number> = { name: 13, junction: 12, value: 13, valueLarge: 16, valueHuge: 28, change: 12, quiet: 12, head: 14, headValue: 13, panel: 16 };
const MONO: ReadonlySet<LabelLook> = new Set(["value", "valueLarge", "valueHuge", "change", "headValue"]);
const CJK = /[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/;

/** Width of a text in Geist, a little more than it will be; a browser is not needed to know that words collide. */
export function textWidth(text: string, size: number, mono: boolean): number {
  let ems = 0;
  for (const letter of text) {
    if (CJK.test(letter)) ems += 0.95;
    else if (mono) ems += 0.6;
    else if (/[iljtfr.,:;|'()\s\-−]/.test(letter)) ems += 0.36;
    else ems += /[mwMW@%×÷&A-Z]/.test(letter) ? 0.74 : 0.59;
  }
  return ems * size;
}

/** Between the parts of one line. */
export const TAIL_GAP = 8;

/** The box a label takes, its ascent and descent included. */
export function labelBox({ x, y, anchor, look, text, mark, tail = [] }: Label): Box {
  const size = SIZE[look];
  const width = [{ text, look, mark }, ...tail].reduce((sum, part) => sum + textWidth(part.text, SIZE[part.look], MONO.has(part.look)) + (part.mark ? 16 : 0), TAIL_GAP * tail.length);
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { x: left, y: y - size * 0.76, width, height: size };
}

type Input = { layout: CircuitLayout; reading: CircuitReading; dto: Pick<CircuitDto, "covenantIcr" | "ratingTable" | "currency">; words: CircuitWords; overlay: Overlay; ladderFactor: number };

/** All words of the drawing but the legend's, at the places the layout keeps free for them. */
export function circuitLabels(input: Input): Label[] {
  return [...heads(input), ...rows(input), ...inflows(input), ...links(input), ...junctions(input), ...ladder(input), ...plates(input)];
}

const shownOf = (overlay: Overlay) => ({ before, after }: ElementReading) => (overlay === "before" ? before : after);

/** The line that says what changed; nothing where only one run is shown. */
function changeLabel({ words, overlay }: Input, reading: ElementReading, place: Pick<Label, "x" | "y" | "anchor">, withShare = true): Label[] {
  if (overlay !== "both") return [];
  const { element, change } = reading;
  const silent = words.silent(change);
  const hot = change > 0 && (element.partOf === "interest" || element.id === "interest");
  return [{ ...place, key: `${element.id}:change`, look: silent ? "quiet" : "change", text: words.change(reading, withShare), element: element.id, ...(silent ? {} : { mark: change > 0 ? "up" : "down" }), ...(hot && !silent ? { tone: "hot" } : {}) }];
}

function heads({ layout: { columns }, reading: { totals }, words: { t, money } }: Input): Label[] {
  const head = (key: string, x: number, text: string): Label => ({ key, x, y: HEAD_Y - 10, anchor: "start", look: "head", text });
  const total = (key: string, x: number, text: string): Label => ({ key, x, y: HEAD_Y - 10, anchor: "end", look: "headValue", text });
  return [
    head("in", columns.left, t("diagram.moneyIn")), total("in:total", columns.inEnd, money(totals.in)),
    head("inside", columns.inside, t("diagram.inside")), total("inside:total", columns.insideEnd, t(totals.kept < 0 ? "diagram.drained" : "diagram.kept", { amount: money(Math.abs(totals.kept)) })),
    head("out", columns.label, t("diagram.moneyOut")), total("out:total", columns.right, money(totals.out)),
  ];
}

function rows(input: Input): Label[] {
  const { layout, reading, words, overlay } = input;
  const { columns } = layout;
  return layout.wires.flatMap(({ id, x2, y, extent: { half, edge } }): Label[] => {
    const row = reading.byId.get(id);
    if (!row || x2 !== columns.rail || id === "interest") return [];
    const top = y - half - 9;
    const under = y + half + edge + 18;
    return [
      { key: id, x: columns.label, y: top, anchor: "start", look: "name", text: words.name(row), element: id },
      { key: `${id}:value`, x: columns.value, y: top, anchor: "end", look: "value", text: words.money(shownOf(overlay)(row)), element: id },
      { key: `${id}:receiver`, x: columns.receiver, y: top, anchor: "end", look: "quiet", text: words.receiver(row), element: id },
      { key: `${id}:rule`, x: columns.rule, y: Math.max(under, y + 28), anchor: "start", look: "quiet", text: words.rule(row, reading.quarter), element: id },
      ...changeLabel(input, row, { x: columns.label, y: under, anchor: "start" }),
    ];
  });
}

function inflows(input: Input): Label[] {
  const { layout, reading, words, overlay } = input;
  return layout.wires.flatMap(({ id, x1, y, extent: { half, edge } }): Label[] => {
    const row = reading.byId.get(id);
    if (!row || x1 !== layout.columns.source) return [];
    const rule = words.rule(row, reading.quarter);
    return [
      { key: id, x: 0, y: y - 14, anchor: "start", look: "name", text: words.name(row), element: id },
      { key: `${id}:value`, x: 0, y: y + 6, anchor: "start", look: "valueLarge", text: words.money(shownOf(overlay)(row)), element: id },
      ...changeLabel(input, row, { x: 0, y: y + 24, anchor: "start" }),
      ...(rule && id !== "otherIncome" ? [{ key: `${id}:rule`, x: layout.columns.inRule, y: y + half + edge + 20, anchor: "start", look: "quiet", text: rule, element: id } as const] : []),
    ];
  });
}

function links(input: Input): Label[] {
  const { layout, reading, words, overlay } = input;
  return layout.wires.flatMap(({ id, x1, y, extent: { half, edge } }): Label[] => {
    const row = reading.byId.get(id);
    if (!row || !["toLenders", "toObligations", "toOwners"].includes(id)) return [];
    const top = y + half + edge + 18;
    const costs = reading.byId.get("fixedCosts") ?? reading.byId.get("operatingCosts");
    const depreciation = id === "toLenders" ? (costs?.figuresAfter.depreciation ?? null) : null;
    const text = id === "toLenders" ? words.t("element.toLenders", { paid: depreciation === null ? "no" : "yes" }) : words.name(row);
    return [
      { key: id, x: x1 + 14, y: top, anchor: "start", look: "name", text, element: id },
      { key: `${id}:value`, x: x1 + 14, y: top + 18, anchor: "start", look: "value", text: words.money(shownOf(overlay)(row)), element: id },
      ...changeLabel(input, row, { x: x1 + 14, y: top + 35, anchor: "start" }, id === "toLenders"),
      ...(depreciation === null ? [] : [{ key: `${id}:note`, x: x1 + 14, y: top + (overlay === "both" ? 53 : 36), anchor: "start", look: "quiet", text: words.t("diagram.depreciation", { amount: words.millions(depreciation) }) } as const]),
    ];
  });
}

function junctions({ layout: { buses, columns }, reading, words: { t, millions } }: Input): Label[] {
  return buses.flatMap(({ id, x, top }): Label[] => {
    const sum = reading.junctions.find(({ node }) => node === id);
    if (!sum) return [];
    const figures = t("diagram.sum", { in: millions(sum.in), out: millions(sum.out) });
    const name = t(`node.${id}`);
    if (id === "operations" || id === "obligations") {
      return [{ key: id, x: id === "operations" ? columns.inside : x + 12, y: top - 8, anchor: "start", look: "junction", text: name, tail: [{ text: figures, look: "quiet" }] }];
    }
    const title: Label = { key: id, x: x + 4, y: top - 28, anchor: "end", look: "junction", text: name };
    if (id === "lenders") return [title, { key: `${id}:sum`, x: x + 4, y: top - 12, anchor: "end", look: "quiet", text: figures }];
    // The owners' junction stands close to the one before it, so its sum takes two lines.
    return [
      { ...title, y: top - 43 },
      { key: `${id}:in`, x: x + 4, y: top - 27, anchor: "end", look: "quiet", text: t("diagram.sumIn", { amount: millions(sum.in) }) },
      { key: `${id}:out`, x: x + 4, y: top - 11, anchor: "end", look: "quiet", text: t("diagram.sumOut", { amount: millions(sum.out) }) },
    ];
  });
}

function ladder(input: Input): Label[] {
  const { layout, reading, words, overlay, ladderFactor, dto } = input;
  const { columns } = layout;
  const { t } = words;
  const panel = layout.interest;
  const interest = reading.byId.get("interest");
  if (!layout.ladder || !panel || !interest) return [];
  const principal = layout.ladder.rows.reduce((sum, { id }) => sum + (reading.byId.get(id)?.figuresAfter.amount ?? 0), 0);
  const left = columns.ladderLeft + 12;
  const right = columns.ladderRight - 10;
  const tranches = layout.ladder.rows.flatMap(({ id, y }): Label[] => {
    const row = reading.byId.get(id);
    const wire = layout.wires.find((one) => one.id === id);
    if (!row || !wire) return [];
    const { half, edge } = wire.extent;
    return [
      { key: id, x: left, y: y - coilReach(wire.extent) - 9, anchor: "start", look: "junction", text: words.name(row), element: id },
      { key: `${id}:value`, x: right, y: y - coilReach(wire.extent) - 9, anchor: "end", look: "value", text: words.money(shownOf(overlay)(row)), element: id },
      { key: `${id}:rule`, x: left, y: y + Math.max(half + edge, coilReach(wire.extent)) + 17, anchor: "start", look: "quiet", text: words.rule(row, reading.quarter), element: id },
      ...changeLabel(input, row, { x: right, y: y + Math.max(half + edge, coilReach(wire.extent)) + 17, anchor: "end" }, false),
    ];
  });
  const fuse = reading.byId.get("fuse");
  const open = (overlay === "before" ? fuse?.stateBefore : fuse?.stateAfter) === "open";
  const y = panel.wireY;
  const { half, edge } = layout.wires.find(({ id }) => id === "interest")!.extent;
  const under = y + Math.max(half + edge, 13) + 20;
  const fuseY = Math.max(under, y + 33);
  const fuseLines: Label[] = fuse
    ? [
        { key: "fuse", x: columns.receiver, y: fuseY, anchor: "end", look: "junction", text: t(open ? "diagram.fuseOpen" : "diagram.fuseClosed"), element: "fuse", ...(open ? { tone: "hot" as const } : {}) },
        { key: "fuse:rule", x: columns.receiver, y: fuseY + 17, anchor: "end", look: "quiet", text: t("diagram.fuseRule", { limit: words.multiple(dto.covenantIcr.value) }), element: "fuse" },
      ]
    : [{ key: "fuse:none", x: columns.receiver, y: fuseY, anchor: "end", look: "quiet", text: t("diagram.fuseNone") }];
  return [
    { key: "ladder", x: layout.ladder.x + 20, y: layout.ladder.y + 24, anchor: "start", look: "name", text: t("diagram.ladder"), ...(principal > 0 ? { tail: [{ text: words.stock(principal), look: "quiet" as const }] } : {}) },
    { key: "ladder:scale", x: layout.ladder.x + 262, y: layout.ladder.y + 24, anchor: "middle", look: "quiet", text: t("diagram.ladderScale", { factor: ladderFactor }) },
    ...tranches,
    { key: "interest", x: panel.x + 20, y: panel.y + 28, anchor: "start", look: "panel", text: words.name(interest), element: "interest" },
    { key: "interest:value", x: panel.x + 20, y: panel.y + 68, anchor: "start", look: "valueHuge", text: words.money(shownOf(overlay)(interest)), element: "interest" },
    ...(overlay === "both" ? [{ key: "interest:before", x: columns.interestNote, y: panel.y + 48, anchor: "start", look: "quiet", text: t("diagram.before", { amount: words.money(interest.before) }) } as const] : []),
    ...changeLabel(input, interest, { x: columns.interestNote, y: panel.y + 68, anchor: "start" }),
    { key: "interest:receiver", x: columns.receiver, y: y - half - 12, anchor: "end", look: "quiet", text: words.receiver(interest), element: "interest" },
    { key: "meter", x: columns.meter, y: fuseY, anchor: "middle", look: "quiet", text: t("diagram.meter", { amount: words.millions(shownOf(overlay)(interest)) }) },
    ...fuseLines,
  ];
}

function plates(input: Input): Label[] {
  const { layout, reading, words, overlay } = input;
  const { t, stock } = words;
  const kept = reading.byId.get("kept");
  if (!kept) return [];
  const state = overlay === "before" ? reading.before : reading.after;
  const keptNow = shownOf(overlay)(kept);
  const x = layout.plates.cashX + 60;
  const top = layout.plates.y + 14;
  const way = words.silent(keptNow) ? "cashSteady" : keptNow > 0 ? "cashCharging" : "cashDraining";
  const { cash, equity, debt } = state.stocks;
  const keptText = words.name(kept);
  const changed = changeLabel(input, kept, { x: 0, y: 0, anchor: "start" }, false).map(({ text, look, mark }) => ({ text, look, ...(mark ? { mark } : {}) }));
  const equityX = layout.plates.equityX - 58;
  const was = (now: number | null, before: number | null) => (overlay !== "both" || now === null || before === null || stock(now) === stock(before) ? [] : [t("diagram.was", { value: stock(before) })]);
  const cashLines = [...was(cash, reading.before.stocks.cash), ...(cash === null ? [] : [t(`diagram.${way}`)])];
  const ratio = equity !== null && equity > 0 && debt !== null ? [t("diagram.equityRatio", { value: words.multiple(debt / equity) })] : [];
  const equityLines = [...was(equity, reading.before.stocks.equity), ...ratio, t("diagram.equityClaim")].slice(0, 3);
  const pair = (key: string, at: number, anchor: "start" | "end", name: string, value: string): Label => ({ key, x: at, y: top, anchor, look: "name", text: name, tail: [{ text: value, look: "value" }] });
  return [
    { key: "kept", x: layout.kept.x + 16, y: layout.kept.top + 26, anchor: "start", look: "junction", text: keptText, element: "kept", tail: [{ text: words.money(keptNow), look: "value" }, ...changed] },
    pair("cash", x, "start", t("diagram.cash"), stock(cash)),
    ...cashLines.map((text, i): Label => ({ key: `cash:${i}`, x, y: top + 17 * (i + 1), anchor: "start", look: "quiet", text })),
    pair("equity", equityX, "end", t("diagram.equity"), stock(equity)),
    ...equityLines.map((text, i): Label => ({ key: `equity:${i}`, x: equityX, y: top + 17 * (i + 1), anchor: "end", look: "quiet", text })),
  ];
}
