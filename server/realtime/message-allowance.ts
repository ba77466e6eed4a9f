/** A token bucket: bursts are taken up to its size, then messages at the refill rate; who keeps ignoring refusals is put out. */
export type MessageAllowance = { take: (atMs: number) => "taken" | "refused" | "exhausted" };

export function createMessageAllowance({ burst, perSecond, patience }: { burst: number; perSecond: number; patience: number }): MessageAllowance {
  let tokens = burst;
  let filledAt: number | null = null;
  let refusals = 0;
  return {
    take(atMs) {
      tokens = Math.min(burst, tokens + Math.max(0, (atMs - (filledAt ?? atMs)) / 1_000) * perSecond);
      filledAt = atMs;
      if (tokens >= 1) {
        tokens -= 1;
        refusals = 0;
        return "taken";
      }
      return ++refusals > patience ? "exhausted" : "refused";
    },
  };
}
