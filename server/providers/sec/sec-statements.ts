import { Decimal } from "decimal.js";
import { statementNoteText, type StatementNote } from "@/server/domain/market/statement-notes";
import { STATEMENT_LINES, type DebtMaturityRow, type StatementRow, type VendorProvenance } from "../capabilities";
import { fiscalPeriods, spans, SPAN_DAYS, type FiscalPeriod } from "./fiscal-periods";
import { daysOf, factBook, LINE_TAGS, MATURITY_TAGS, type FactBook, type SecCompanyFacts, type SecFact, type SecLine } from "./sec-facts";

type Line = (typeof STATEMENT_LINES)[number];
/** A figure, the filings since which it stands as it does, and what it was before. */
type Figure = { value: Decimal; filings: SecFact[]; was: SecFact | null; start: string | null; derived: boolean };

/**
 * Statements of all periods, oldest first, as last reported. A figure that was restated is known since the filing that restated it, and the
 * note says what it was; so `filedOn` is the first day on which every figure of the row could be known.
 */
export function toStatements(facts: SecCompanyFacts, provenance: VendorProvenance): StatementRow[] {
  const book = factBook(facts);
  if (book === null) return [];
  const rows = fiscalPeriods(book).flatMap((period) => statementOf(book, period, provenance) ?? []);
  return rows.map((row) => withSplitNote(row, rows)).map(({ notes, ...row }) => ({ ...row, note: statementNoteText(notes) }));
}

type Draft = Omit<StatementRow, "note"> & { notes: StatementNote[] };

function statementOf(book: FactBook, period: FiscalPeriod, provenance: VendorProvenance): Draft | null {
  const told: string[] = [];
  const flow = (line: SecLine, additive = true) => flowOf(book, period, line, additive);
  const stock = (line: SecLine) => stockOf(book, period.end, line);
  const figures: Record<Line, Figure | null> = {
    revenue: flow("revenue"),
    costOfRevenue: flow("costOfRevenue"),
    operatingIncome: flow("operatingIncome"),
    depreciation: depreciationOf(flow, told),
    interestExpense: flow("interestExpense"),
    incomeTax: flow("incomeTax"),
    netIncome: flow("netIncome"),
    totalAssets: stock("totalAssets"),
    totalLiabilities: stock("totalLiabilities"),
    equity: stock("equity"),
    totalDebt: debtOf(stock, told),
    cash: stock("cash"),
    operatingCashFlow: flow("operatingCashFlow"),
    capex: flow("capex"),
    dividendsPaid: flow("dividendsPaid"),
    // Neither earnings per share nor average share counts add up over quarters: what was not reported for the quarter is not known.
    epsBasic: flow("epsBasic", false),
    epsDiluted: flow("epsDiluted", false),
    sharesDiluted: flow("sharesDiluted", false),
    sharesOutstanding: stock("sharesOutstanding") ?? coverShares(book, period.end),
  };
  fillFromTheRest({ figures, flow, stock, told });
  const flows = [figures.revenue, figures.netIncome, figures.operatingCashFlow];
  if (flows.every((figure) => figure === null)) return null;

  const found = STATEMENT_LINES.flatMap((line) => (figures[line] ? [{ line, ...figures[line] }] : []));
  const filing = mostlyFrom(found.flatMap(({ filings }) => filings));
  const filedOn = found.flatMap(({ filings }) => filings.map(({ filed }) => filed)).reduce((a, b) => (a > b ? a : b));
  return {
    ...(Object.fromEntries(STATEMENT_LINES.map((line) => [line, figures[line]?.value.toFixed() ?? null])) as Record<Line, string | null>),
    periodKind: period.kind, fiscalYear: period.fiscalYear, fiscalPeriod: period.fiscalPeriod, periodStart: flows.find((figure) => figure?.start)?.start ?? null, periodEnd: period.end, filedOn, currency: book.currency,
    reference: `${filing.form} ${period.end}`, notes: notesOf(period, found, told), provenance: { ...provenance, asOf: period.end, accession: filing.accn },
  };
}

/** The first of a line's names that has a figure. */
function flowOf(book: FactBook, { kind, end }: FiscalPeriod, line: SecLine, additive: boolean): Figure | null {
  for (const tag of LINE_TAGS[line]) {
    const facts = book.of(tag).filter((fact) => fact.start !== undefined);
    const direct = settled(book, facts.filter((fact) => fact.end === end && spans(fact, kind)));
    if (direct) return direct;
    const difference = kind === "QUARTER" && additive ? lessTheSumBefore(book, facts, end) : null;
    if (difference) return difference;
  }
  return null;
}

function stockOf(book: FactBook, end: string, line: SecLine): Figure | null {
  for (const tag of LINE_TAGS[line]) {
    const figure = settled(book, book.of(tag).filter((fact) => fact.start === undefined && fact.end === end));
    if (figure) return figure;
  }
  return null;
}

/** Several filings tell one figure: the last one's counts, known since the first of the filings in a row that tell it so. */
function settled(book: FactBook, facts: readonly SecFact[]): Figure | null {
  const told = facts.toSorted((a, b) => (a.filed === b.filed ? a.accn.localeCompare(b.accn) : a.filed < b.filed ? -1 : 1));
  const last = told.at(-1);
  if (!last) return null;
  const before = told.findLast((fact) => !book.isSame(fact, last)) ?? null;
  const since = told[before ? told.indexOf(before) + 1 : 0]!;
  return { value: new Decimal(since.val), filings: [since], was: before, start: last.start ?? null, derived: false };
}

/**
 * A quarter of which only sums since the year's start were filed: the sum to its end less the sum to its beginning. Where one of the two was
 * restated and the other was not, their difference is of no period.
 */
function lessTheSumBefore(book: FactBook, facts: readonly SecFact[], end: string): Figure | null {
  const [shortest, longest] = SPAN_DAYS.QUARTER;
  const wholes = facts.filter((fact) => fact.end === end && daysOf(fact) > longest && daysOf(fact) <= SPAN_DAYS.YEAR[1]);
  for (const start of new Set(wholes.map((fact) => fact.start!))) {
    const whole = settled(book, wholes.filter((fact) => fact.start === start))!;
    const restDays = (fact: SecFact) => daysOf({ start, end }) - daysOf(fact);
    const before = facts.filter((fact) => fact.start === start && restDays(fact) >= shortest && restDays(fact) <= longest);
    const ends = [...new Set(before.map((fact) => fact.end))];
    if (ends.length !== 1) continue;
    const part = settled(book, before)!;
    if ((whole.was !== null || part.was !== null) && whole.filings[0]!.accn !== part.filings[0]!.accn) continue;
    return { value: whole.value.minus(part.value), filings: [...whole.filings, ...part.filings], was: null, start: dayAfter(ends[0]!), derived: true };
  }
  return null;
}

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

type Ask = (line: SecLine) => Figure | null;

/** One figure from several, each known at its own time. */
function combined(parts: readonly Figure[], value: Decimal): Figure {
  return { value, filings: parts.flatMap(({ filings }) => filings), was: null, start: parts.find(({ start }) => start)?.start ?? null, derived: parts.some(({ derived }) => derived) };
}
const sum = (...parts: Figure[]) => combined(parts, Decimal.sum(...parts.map(({ value }) => value)));

function depreciationOf(flow: Ask, told: string[]): Figure | null {
  const [whole, alone, amortization] = [flow("depreciation"), flow("depreciationAlone"), flow("amortization")];
  if (whole) return whole;
  if (alone && amortization) {
    told.push("depreciation is the sum of depreciation and of amortization of intangible assets");
    return sum(alone, amortization);
  }
  if (alone) told.push("depreciation is without amortization, which is not reported beside it");
  return alone;
}

/** All that bears interest. What is current is added where it is told; a balance sheet that has no line for it has none. */
function debtOf(stock: Ask, told: string[]): Figure | null {
  const [all, long, both] = [stock("debtAll"), stock("debtLong"), stock("debtLongWithCurrent")];
  if (all) return all;
  const [current, longCurrent, short] = [stock("debtCurrent"), stock("debtLongCurrent"), stock("debtShort")];
  const parts = long ? [long, ...(current ? [current] : [longCurrent, short])] : [both, short];
  const found = parts.filter((part) => part !== null && part !== undefined);
  if ((long ?? both) === null) return null;
  if (found.length === 1 && long) told.push("total debt is the long-term debt alone; no current debt is reported");
  return sum(...found);
}

/** Shares on the cover of the filing, which counts them some weeks after the period's end. */
function coverShares(book: FactBook, end: string): Figure | null {
  const filings = new Set(LINE_TAGS.totalAssets.flatMap((tag) => book.of(tag)).filter((fact) => fact.end === end).map(({ accn }) => accn));
  // Only the cover of the period's own filing: a year later the balance sheet stands in the next one for comparison.
  const own = [...filings].toSorted()[0];
  return settled(book, book.deiShares.filter(({ accn, end: counted }) => accn === own && counted >= end));
}

/** What follows from other lines of the same statement, each told. */
function fillFromTheRest({ figures, flow, stock, told }: { figures: Record<Line, Figure | null>; flow: Ask; stock: Ask; told: string[] }): void {
  const gross = figures.costOfRevenue === null ? flow("grossProfit") : null;
  if (figures.revenue && gross) {
    figures.costOfRevenue = combined([figures.revenue, gross], figures.revenue.value.minus(gross.value));
    told.push("cost of revenue is revenue less gross profit");
  }
  const [counted, average] = [figures.sharesOutstanding?.value, figures.sharesDiluted?.value];
  if (counted && average && !average.isZero() && isOtherBasis(counted.div(average).toNumber())) {
    figures.sharesOutstanding = null;
    told.push("the count of shares is left out: a split lies between it and the restated average");
  }
  const profit = figures.netIncome === null ? flow("profitWithOthers") : null;
  if (profit) {
    figures.netIncome = profit;
    told.push("net income includes the share of non-controlling interests");
  }
  const ofAll = stock("equityWithOthers");
  if (figures.equity === null && ofAll) {
    figures.equity = ofAll;
    told.push("equity includes non-controlling interests");
  }
  const equity = ofAll ?? figures.equity;
  if (figures.totalLiabilities === null && figures.totalAssets && equity) {
    const redeemable = stock("redeemable");
    const parts = redeemable ? [equity, redeemable] : [equity];
    figures.totalLiabilities = combined([figures.totalAssets, ...parts], figures.totalAssets.value.minus(Decimal.sum(...parts.map(({ value }) => value))));
    told.push("liabilities are assets less equity");
  }
}

/** The filing that most figures come from; of two, the later one. */
function mostlyFrom(filings: readonly SecFact[]): SecFact {
  const counts = new Map<string, number>();
  for (const { accn } of filings) counts.set(accn, (counts.get(accn) ?? 0) + 1);
  return filings.toSorted((a, b) => counts.get(b.accn)! - counts.get(a.accn)! || (a.filed > b.filed ? -1 : 1))[0]!;
}

function notesOf({ kind, fiscalPeriod }: FiscalPeriod, found: readonly (Figure & { line: Line })[], told: readonly string[]): StatementNote[] {
  const derived = found.filter((figure) => figure.derived).map(({ line }) => line);
  const restated = found.flatMap(({ line, was }) => (was ? [`${line} (${new Decimal(was.val).toFixed()} in the ${was.form} filed on ${was.filed})`] : []));
  return [
    ...(derived.length > 0 && fiscalPeriod === "Q4" ? [{ code: "fourthQuarter" as const }] : []),
    ...(derived.length > 0 && kind === "QUARTER" && fiscalPeriod !== "Q4" ? [{ code: "told" as const, text: `From sums since the start of the fiscal year: ${derived.join(", ")}.` }] : []),
    ...(restated.length > 0 ? [{ code: "told" as const, text: `Restated: ${restated.join("; ")}.` }] : []),
    ...told.map((text) => ({ code: "told" as const, text: `${text[0]!.toUpperCase()}${text.slice(1)}.` })),
  ];
}

/** Between neighbours, share counts change by such a factor through splits alone, or through mergers that change the company as much. */
const SPLIT_FACTOR = 1.8;
const isOtherBasis = (factor: number) => factor >= SPLIT_FACTOR || factor <= 1 / SPLIT_FACTOR;

/** Filings restate the per-share figures of the years they compare with after a split, and no others: older rows stand as they were. */
function withSplitNote(row: Draft, rows: readonly Draft[]): Draft {
  const later = rows.filter(({ periodKind, periodEnd, sharesDiluted }) => periodKind === row.periodKind && periodEnd >= row.periodEnd && sharesDiluted !== null);
  const step = later.findIndex(({ sharesDiluted }, at) => {
    const next = later[at + 1]?.sharesDiluted;
    if (next === undefined || next === null || Number(sharesDiluted) === 0) return false;
    return isOtherBasis(Number(next) / Number(sharesDiluted));
  });
  if (step === -1) return row;
  const { periodEnd } = later[step + 1]!;
  return { ...row, notes: [...row.notes, { code: "told", text: `Share counts and figures per share are as filed then; from ${periodEnd} on they are of another basis (a split, or shares issued).` }] };
}

/** The maturity tables of annual reports, oldest first; each is told by one filing alone. */
export function toDebtMaturities(facts: SecCompanyFacts, provenance: VendorProvenance): DebtMaturityRow[] {
  const book = factBook(facts);
  if (book === null) return [];
  const all = Object.entries(MATURITY_TAGS).flatMap(([tag, year]) => book.of(tag).filter(({ form, fp, start }) => /^(10-K|20-F|40-F)/.test(form) && fp === "FY" && start === undefined).map((fact) => ({ year, fact })));
  const ends = [...new Set(all.map(({ fact }) => fact.end))].toSorted();
  return ends.flatMap((end) => {
    const ofEnd = all.filter(({ fact }) => fact.end === end);
    const filed = ofEnd.map(({ fact }) => `${fact.filed} ${fact.accn}`).toSorted().at(-1)!;
    return ofEnd
      .filter(({ fact }) => `${fact.filed} ${fact.accn}` === filed)
      .map(({ year, fact }) => ({ periodEnd: end, filedOn: fact.filed, currency: book.currency, year, amount: new Decimal(fact.val).toFixed(), provenance: { ...provenance, asOf: end, accession: fact.accn } }));
  });
}
