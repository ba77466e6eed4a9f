import { AppError } from "@/server/domain/app-error";
import { identity, solveMatrix, spectralRadiusOfNonNegative } from "@/server/domain/shared/linear-algebra";

/** `share` of the supplier's sales goes to the customer, 0 to 1. */
export type SupplyLink = { supplier: string; customer: string; share: number };

/** What one company's sales gain for each unit of relative change that starts at another; `chain` is the shortest way from source to target, both included. */
export type Spillover = { source: string; weight: number; chain: readonly string[] };

/**
 * How a change of one company's sales spreads to its suppliers, and to theirs.
 *
 *     x = d + W x,  W_sc = damping * share of s's sales that c buys   =>   x = (I - W)^-1 d
 *     spillover = (I - W)^-1 - I
 *
 * @param links  supply connections; two links of one pair add up; a link of a company to itself counts
 * @param options.damping  part of a customer's change that reaches its supplier, 0 to 1
 * @returns for each supplier its spillovers, dimensionless, by source in order of first appearance; companies that receive none are absent
 * @throws AppError INVALID_INPUT when a share or the damping is not in 0..1
 * @throws AppError RULE_VIOLATED when the spectral radius of W is 1 or more (Hawkins-Simon fails: changes would feed on themselves without end)
 *
 * Convention: demand runs from customer to supplier only. The radius is taken of the part of the network that lies on circles; without circles it is 0.
 * Source: Leontief, "Quantitative Input and Output Relations in the Economic System of the United States", Review of Economics and Statistics 18(3), 1936; Hawkins and Simon, Econometrica 17, 1949.
 * Worked: A = [[0.2, 0.3], [0.4, 0.1]], damping 1 -> (I - A)^-1 = [[1.5, 0.5], [0.6667, 1.3333]]
 */
export function dampedLeontief(links: readonly SupplyLink[], { damping }: { damping: number }): Map<string, Spillover[]> {
  if (!(damping >= 0 && damping <= 1)) throw new AppError("INVALID_INPUT", "The damping is 0 to 1", { field: "damping" });
  const bad = links.find(({ share }) => !(share >= 0 && share <= 1));
  if (bad) throw new AppError("INVALID_INPUT", `The share of ${bad.supplier}'s sales to ${bad.customer} is 0 to 1`, { field: "share" });

  const names = [...new Set(links.flatMap(({ supplier, customer }) => [supplier, customer]))];
  const index = new Map(names.map((name, i) => [name, i]));
  const w = names.map(() => names.map(() => 0));
  for (const { supplier, customer, share } of links) w[index.get(supplier)!]![index.get(customer)!]! += damping * share;

  const radius = spectralRadiusOfNonNegative(circularPart(w));
  if (radius >= 1) throw new AppError("RULE_VIOLATED", `The supply network has no finite answer: its spectral radius is ${radius.toFixed(3)}, not below 1`, { field: "supply", spectralRadius: radius });
  const total = solveMatrix(identity(names.length).map((row, i) => row.map((entry, j) => entry - w[i]![j]!)), identity(names.length));
  if (!total) throw new AppError("RULE_VIOLATED", "The supply network has no finite answer", { field: "supply" });

  const spillovers = new Map<string, Spillover[]>();
  for (const [i, target] of names.entries()) {
    const found = names.flatMap((source, j) => {
      const weight = total[i]![j]! - (i === j ? 1 : 0);
      return weight > 1e-12 ? [{ source, weight, chain: chainBetween(w, names, j, i) }] : [];
    });
    if (found.length > 0) spillovers.set(target, found);
  }
  return spillovers;
}

/** Companies that neither buy nor sell within the rest cannot lie on a circle; taking them away again and again leaves the circles. */
function circularPart(w: readonly (readonly number[])[]): number[][] {
  let kept = w.map((_, i) => i);
  for (;;) {
    const next = kept.filter((i) => kept.some((j) => w[i]![j]! > 0) && kept.some((j) => w[j]![i]! > 0));
    if (next.length === kept.length) return kept.map((i) => kept.map((j) => w[i]![j]!));
    kept = next;
  }
}

function chainBetween(w: readonly (readonly number[])[], names: readonly string[], source: number, target: number): string[] {
  const cameFrom = new Map<number, number>();
  const queue = [source];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (let supplier = 0; supplier < names.length; supplier++) {
      if (w[supplier]![next]! <= 0 || cameFrom.has(supplier)) continue;
      cameFrom.set(supplier, next);
      queue.push(supplier);
    }
    if (cameFrom.has(target)) break;
  }
  const chain = [target];
  for (let step = cameFrom.get(target); step !== undefined; step = step === source ? undefined : cameFrom.get(step)) chain.unshift(step);
  return chain.map((i) => names[i]!);
}
