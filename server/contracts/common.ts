import { z } from "zod";
import { FORMULA_CODES, PLAIN_FORMULAS } from "@/server/domain/shared/formula";

export { FORMULA_CODES };

/** Where a figure comes from; `components/format` draws it as a badge beside the figure. */
export const BASES = ["reported", "recorded", "replay", "simulated", "estimated", "assumed", "computed"] as const;

/** How a figure came about: a code with its values; the sentence stands in the messages. */
export const formula = z.discriminatedUnion("code", [
  z.object({ code: z.enum(PLAIN_FORMULAS) }),
  z.object({ code: z.literal("sectorPrior"), sector: z.string() }),
  z.object({ code: z.enum(["returnRegression", "bundledReturnRegression"]), errorLags: z.number().int() }),
  z.object({ code: z.enum(["sectorRevenueRegression", "companyRevenueRegression"]), drivers: z.number().int(), errorLags: z.number().int() }),
]);
export type Formula = z.infer<typeof formula>;

export const provenance = z.object({
  basis: z.enum(BASES),
  /** Vendor or publisher id: sec-filing, federal-reserve, bls, bea, census, treasury, simulator, nexus-engine. */
  provider: z.string(),
  /** Date or instant the figure speaks of. */
  asOf: z.string().nullable(),
  /** Document or series: "10-Q 2025-09-30", "FEDFUNDS". */
  reference: z.string().nullable().default(null),
  formula: formula.nullable().default(null),
  n: z.number().int().nullable().default(null),
  rSquared: z.number().nullable().default(null),
  stdError: z.number().nullable().default(null),
});
export type Provenance = z.infer<typeof provenance>;

/** PostgreSQL's calendar, like ours, has no year 0. */
export const isoDate = z.iso.date().refine((date) => date >= "0001-01-01", "There is no year 0");
export const ticker = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9^][A-Z0-9.^=-]{0,14}$/, "A ticker has up to 15 letters, digits, dots or dashes");

/** Opaque keyset cursor and page size, shared by every list. */
export const pageInput = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).nullish(),
});

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
