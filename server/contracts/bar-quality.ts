import { z } from "zod";
import { SERIES_FAULTS } from "@/server/domain/market/series-faults";
import { isoDate, pageInput, pageOf, provenance, ticker } from "./common";
import { BAR_INTERVALS } from "./market";

export const seriesFaultKind = z.enum(SERIES_FAULTS);
const storedInterval = z.enum(["1m", "5m", "15m", "1h", "1d"]);
export const ISSUE_STATUSES = ["open", "resolved", "ignored"] as const;

export const barIssue = z.object({
  id: z.string(),
  symbol: z.string(),
  interval: storedInterval,
  kind: seriesFaultKind,
  /** First and last bar or session concerned. */
  time: z.string(),
  lastTime: z.string(),
  /** Bars or sessions. */
  count: z.number().int(),
  /** Of a spike its robust z or how many times the usual its wick is, of a split the factor, of a spread (ask - bid) / mid. */
  measure: z.number().nullable(),
  /** The currency found. */
  note: z.string().nullable(),
  status: z.enum(ISSUE_STATUSES),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
});
export type BarIssueDto = z.infer<typeof barIssue>;

export const seriesScore = z.object({ symbol: z.string(), interval: storedInterval, /** 0 to 100. */ score: z.number().int(), bars: z.number().int(), issues: z.number().int(), checkedAt: z.string() });
export type SeriesScoreDto = z.infer<typeof seriesScore>;

export const sanityCheckInput = pageInput.extend({ symbol: ticker.nullish(), kind: seriesFaultKind.nullish(), status: z.enum(ISSUE_STATUSES).default("open") });
export type SanityCheckInput = z.infer<typeof sanityCheckInput>;
export const sanityCheck = z.object({
  /** Of the newest check; null before the first. */
  checkedAt: z.string().nullable(),
  series: z.number().int(),
  averageScore: z.number().nullable(),
  /** Scores of the symbol asked for, or the lowest of all. */
  scores: z.array(seriesScore),
  /** Most that faults of a kind take from a score, as a fraction. */
  weights: z.record(seriesFaultKind, z.number()),
  weightsBasis: z.literal("assumed"),
  /** Open faults by kind. */
  counts: z.array(z.object({ kind: seriesFaultKind, count: z.number().int() })),
  /** In the order in which they were first seen. */
  items: z.array(barIssue),
  nextCursor: z.string().nullable(),
});
export type SanityCheckDto = z.infer<typeof sanityCheck>;

export const barRefInput = z.strictObject({ symbol: ticker, interval: storedInterval, time: z.iso.datetime() });
export type BarRefInput = z.infer<typeof barRefInput>;
export const quarantineInput = barRefInput.extend({ reason: z.string().trim().min(3).max(400) });
export type QuarantineInput = z.infer<typeof quarantineInput>;
export const restoreInput = z.strictObject({ id: z.uuid() });
export const setIssueInput = z.strictObject({ id: z.uuid(), status: z.enum(["open", "ignored"]) });
export type SetIssueInput = z.infer<typeof setIssueInput>;
export const quarantinedBar = z.object({
  id: z.string(), symbol: z.string(), interval: storedInterval, time: z.string(), open: z.number(), high: z.number(), low: z.number(), close: z.number(), volume: z.number(), provider: z.string(), reason: z.string(),
  quarantinedAt: z.string(), restoredAt: z.string().nullable(),
});
export type QuarantinedBarDto = z.infer<typeof quarantinedBar>;
export const quarantinedBarPage = pageOf(quarantinedBar);

export const exportBarsInput = z.object({ symbol: ticker, interval: z.enum(BAR_INTERVALS).default("1d"), from: isoDate.nullish(), to: isoDate.nullish(), format: z.enum(["csv", "json"]).default("csv") });
export type ExportBarsInput = z.infer<typeof exportBarsInput>;
/** The whole range as a file, with where the figures come from. */
export const barsFile = z.object({ name: z.string(), mediaType: z.string(), content: z.string(), bars: z.number().int(), /** Older bars than fit are left out. */ isCut: z.boolean(), provenance });
export type BarsFile = z.infer<typeof barsFile>;
