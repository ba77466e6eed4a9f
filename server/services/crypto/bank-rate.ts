import type { FxRateDto } from "@/server/contracts/coin";
import type { FxRow } from "@/server/providers/capabilities";
import type { FiguresCtx } from "@/server/services/ctx";

export type BankRate = { rate: number; at: Date; hasTime: boolean; provider: string; source: string | null };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Stores rates; returns how many are new or differ. A rate of a day alone stands at that day's midnight and is told from an instant. */
export async function storeFxRates(ctx: Pick<FiguresCtx, "db">, rows: readonly FxRow[], runId: string): Promise<number> {
  const given = JSON.stringify(rows.map(({ base, quote, at, rate, provenance }) => ({ base, quote, at: DAY.test(at) ? `${at}T00:00:00Z` : at, has_time: !DAY.test(at), rate, provider: provenance.provider })));
  return ctx.db.$executeRaw`
    INSERT INTO fx_rate AS f (base, quote, at, provider, rate, has_time, run_id)
    SELECT DISTINCT ON (base, quote, at, provider) base, quote, at, provider, rate, has_time, ${runId}::uuid FROM jsonb_to_recordset(${given}::jsonb) AS row (base text, quote text, at timestamptz, provider text, rate float8, has_time boolean)
    ON CONFLICT (base, quote, at, provider) DO UPDATE SET rate = excluded.rate, run_id = excluded.run_id WHERE f.rate IS DISTINCT FROM excluded.rate`;
}

/** The newest won-per-dollar rate of banks, whoever told it; null where none is stored. */
export function findBankRate(ctx: Pick<FiguresCtx, "db">): Promise<BankRate | null> {
  return ctx.db.fxRate.findFirst({ where: { base: "USD", quote: "KRW" }, orderBy: [{ at: "desc" }, { provider: "asc" }], select: { rate: true, at: true, hasTime: true, provider: true, source: true } });
}

export function toFxRate({ rate, at, hasTime, provider, source }: BankRate): FxRateDto {
  const asOf = hasTime ? at.toISOString() : at.toISOString().slice(0, 10);
  return { base: "USD", quote: "KRW", rate, asOf, source, provenance: { basis: "recorded", provider, asOf, reference: source, formula: null, n: null, rSquared: null, stdError: null } };
}
