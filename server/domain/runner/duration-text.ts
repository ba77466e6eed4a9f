const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of a text such as "90s" or "1h30m"; null when it is none. */
export function durationTextMs(text: string): number | null {
  const compact = text.trim().toLowerCase();
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/.test(compact)) return null;
  let totalMs = 0;
  for (const [, size, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)) totalMs += Number(size) * UNIT_MS[unit!]!;
  return Math.round(totalMs);
}

/** Milliseconds from `nowMs` until what a duration or an ISO instant names, never negative; null when it is neither. */
export function dueInMs(text: string, nowMs: number): number | null {
  const duration = durationTextMs(text);
  if (duration !== null) return duration;
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
