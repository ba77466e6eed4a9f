import type { Formula } from "@/server/domain/shared/formula";
import type { ResponseEstimate } from "./estimate-response";

/** An estimated edge from a driver, in the shape in which connections are stored. */
export type ImpactConnection = {
  kind: "IMPACT";
  from: string;
  to: string;
  response: "revenue" | "return";
  strength: number;
  sign: number;
  elasticity: number;
  stdError: number;
  n: number;
  rSquared: number;
  significant: boolean;
  lagQuarters: number;
  basis: "ESTIMATED";
  evidence: { method: Formula; from: string; to: string; data: string };
  verified: boolean;
  author: string;
};

type Labels = { to: string; response: "revenue" | "return"; method: Formula; data: string; author: string; dateOf: (period: number) => string };

/** Eight digits are more than any estimate knows; they make a second estimation equal the first on every machine. */
export const round8 = (value: number): number => Number(value.toPrecision(8));

/** One edge for each driver of an estimate, insignificant ones included. */
export function impactConnections({ responses, n, rSquared, first, last }: ResponseEstimate<string>, { to, response, method, data, author, dateOf }: Labels): ImpactConnection[] {
  return responses.map(({ driver, lag, elasticity, stdError, significant, strength, sign }) => ({
    kind: "IMPACT",
    from: `driver:${driver}`,
    to,
    response,
    strength: round8(strength),
    sign,
    elasticity: round8(elasticity),
    stdError: round8(stdError),
    n,
    rSquared: round8(rSquared),
    significant,
    lagQuarters: lag,
    basis: "ESTIMATED",
    evidence: { method, from: dateOf(first), to: dateOf(last), data },
    verified: false,
    author,
  }));
}
