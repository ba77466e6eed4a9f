import type { QuarterFlows } from "./company-path";
import type { DriverId } from "./drivers";
import type { RevenuePart } from "./revenue-deviations";

export const CHANNELS = ["demand", "supply", "cost", "floatingReset", "refinancing", "ratingSpread", "creditLine", "tax"] as const;
export type Channel = (typeof CHANNELS)[number];
export const OUTPUTS = ["ebit", "interest", "netIncome", "icr"] as const;
export type Output = (typeof OUTPUTS)[number];

export type ContributionPart = { driver: DriverId; channel: Channel; path: string[]; amount: number[] };

export type AttributionInput = {
  /** Node key of the company. */
  key: string;
  /** Drivers that move something, in a fixed order. */
  drivers: readonly DriverId[];
  /** The company with only these drivers moving. */
  simulate: (drivers: readonly DriverId[]) => readonly QuarterFlows[];
  /** Ways by which revenue moves when all drivers do. */
  revenueParts: readonly RevenuePart[];
  /** Reported quarters before the first simulated one, oldest first, for trailing sums; interest null where not reported. */
  trailingEbit: readonly number[];
  trailingInterest: readonly number[] | null;
  contributionMargin: number;
};

type Step = { driver: DriverId; from: readonly QuarterFlows[]; to: readonly QuarterFlows[] };

/**
 * Splits the change of EBIT, interest, net income and cover into signed parts by driver, channel and path that add up to it.
 *
 *     forward: f({1..j}) - f({1..j-1});   backward: f({j..k}) - f({j+1..k});   part of j = their mean
 *     cover of a step: E1/I1 - E0/I0 = (E1 - E0) (1/I0 + 1/I1)/2 - (I1 - I0) (E0 + E1)/2 / (I0 I1),  E and I sums of four quarters
 *
 * @param input  see `AttributionInput`; `simulate` is called 2 k times for k drivers
 * @returns for each output its parts, quarters + 1 values in the output's unit (USD per quarter; cover dimensionless); parts that are zero throughout are left out.
 * Where cover is undefined before or after, its parts are 0.
 *
 * Convention: drivers enter one after the other, once in their order and once in reverse; each order telescopes to after - before, so does the mean. Inside a step every
 * channel is exact: EBIT by revenue and cost, interest by the origin of its rate (`InterestParts`), net income by those and tax, cover by the symmetric split above.
 * The order matters only for what is not linear (rating steps, tax floor, revenue floor). A supply path names the shortest chain; longer ones are in its amount.
 * Source: Sun, "Changes in energy consumption and energy intensity: A complete decomposition model", Energy Economics 20(1), 1998, for the symmetric split; telescoping is elementary.
 * Worked: E from 100 to 80, I from 10 to 16: cover 10 -> 5; EBIT part -20 x 0.08125 = -1.625, interest part -6 x 90/160 = -3.375
 */
export function companyAttribution(input: AttributionInput): Record<Output, ContributionPart[]> {
  const collected = new Map(OUTPUTS.map((output) => [output, new Map<string, ContributionPart>()]));
  const add = (output: Output, part: Omit<ContributionPart, "path"> & { path: readonly string[] }) => {
    const id = [part.driver, part.channel, ...part.path].join("|");
    const parts = collected.get(output)!;
    const known = parts.get(id);
    const half = part.amount.map((value) => value / 2);
    if (known) known.amount = known.amount.map((value, t) => value + half[t]!);
    else parts.set(id, { ...part, path: [...part.path], amount: half });
  };
  for (const order of [input.drivers, input.drivers.toReversed()]) {
    let from = input.simulate([]);
    for (const [j, driver] of order.entries()) {
      const entered = order.slice(0, j + 1);
      const to = input.simulate(input.drivers.filter((id) => entered.includes(id)));
      addStep(input, { driver, from, to }, add);
      from = to;
    }
  }
  const partsOf = (output: Output) => [...collected.get(output)!.values()].filter(({ amount }) => amount.some((value) => value !== 0)).map((part) => ({ ...part, amount: part.amount.map((value) => value + 0) }));
  return { ebit: partsOf("ebit"), interest: partsOf("interest"), netIncome: partsOf("netIncome"), icr: partsOf("icr") };
}

type Add = (output: Output, part: Omit<ContributionPart, "path"> & { path: readonly string[] }) => void;

function addStep(input: AttributionInput, { driver, from, to }: Step, add: Add): void {
  const change = (read: (quarter: QuarterFlows) => number) => to.map((quarter, t) => read(quarter) - read(from[t]!));
  const direct = { driver, path: [`driver:${driver}`, input.key] };
  const ebitParts = [...revenueShares(input, { driver, from, to }), { ...direct, channel: "cost" as const, amount: change(({ costShock }) => -costShock) }];
  const interestParts = [
    { ...direct, channel: "floatingReset" as const, amount: change(({ interestParts: { floating } }) => floating) },
    { ...direct, channel: "refinancing" as const, amount: change(({ interestParts: { renewed, standing } }) => renewed + standing) },
    { ...direct, channel: "ratingSpread" as const, amount: change(({ interestParts: { rating } }) => rating) },
    { ...direct, channel: "creditLine" as const, amount: change(({ interestParts: { creditLine } }) => creditLine) },
  ];
  const cover = coverWeights(input, from, to);
  for (const part of ebitParts) {
    add("ebit", part);
    add("netIncome", part);
    add("icr", { ...part, amount: trailingSums(part.amount).map((value, t) => value * cover.ofEbit[t]!) });
  }
  for (const part of interestParts) {
    add("interest", part);
    add("netIncome", { ...part, amount: part.amount.map((value) => -value) });
    add("icr", { ...part, amount: trailingSums(part.amount).map((value, t) => value * cover.ofInterest[t]!) });
  }
  add("netIncome", { ...direct, channel: "tax", amount: change(({ tax }) => -tax) });
}

/** EBIT from revenue, shared over the ways the driver takes; where the revenue floor binds, in proportion. */
function revenueShares({ revenueParts, contributionMargin }: AttributionInput, { driver, from, to }: Step): (Omit<ContributionPart, "path"> & { path: readonly string[] })[] {
  const parts = revenueParts.filter((part) => part.driver === driver);
  const base = from[0]!.revenue;
  const scale = to.map(({ revenue }, t) => {
    const actual = revenue - from[t]!.revenue;
    const linear = base * parts.reduce((sum, { amount }) => sum + amount[t]!, 0);
    // Rounding of revenue leaves a difference that is no floor.
    return Math.abs(actual - linear) <= 1e-12 * base || linear === 0 ? 1 : actual / linear;
  });
  return parts.map(({ channel, path, amount }) => ({ driver, channel, path, amount: amount.map((value, t) => contributionMargin * base * value * scale[t]!) }));
}

/** Sums over four quarters; before the first simulated one nothing changes. */
const trailingSums = (changes: readonly number[]): number[] => changes.map((_, t) => changes.slice(Math.max(0, t - 3), t + 1).reduce((sum, value) => sum + value, 0));

function coverWeights({ trailingEbit, trailingInterest }: AttributionInput, from: readonly QuarterFlows[], to: readonly QuarterFlows[]): { ofEbit: number[]; ofInterest: number[] } {
  const sums = (reported: readonly number[], path: readonly number[]) => path.map((_, t) => [...reported, ...path.slice(1)].slice(t, t + 4).reduce((sum, value) => sum + value, 0));
  const ebit = [from, to].map((path) => sums(trailingEbit, path.map(({ ebit: value }) => value)));
  const interest = [from, to].map((path) => sums(trailingInterest ?? [0, 0, 0, 0], path.map(({ interest: value }) => value)));
  const isDefined = (t: number) => from[t]!.icr !== null && to[t]!.icr !== null;
  return {
    ofEbit: from.map((_, t) => (isDefined(t) ? (1 / interest[0]![t]! + 1 / interest[1]![t]!) / 2 : 0)),
    ofInterest: from.map((_, t) => (isDefined(t) ? -(ebit[0]![t]! + ebit[1]![t]!) / 2 / (interest[0]![t]! * interest[1]![t]!) : 0)),
  };
}
