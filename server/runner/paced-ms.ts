import { dueInMs } from "@/server/domain/runner/duration-text";
import type { RunnerCtx } from "./runner-ctx";

/** Milliseconds of a duration, or until an instant, at the pace of this runner; null without one. */
export function pacedMs({ pace, now }: Pick<RunnerCtx, "pace" | "now">, text: string | null | undefined): number | null {
  const ms = text ? dueInMs(text, now().getTime()) : null;
  return ms === null ? null : ms * pace;
}
