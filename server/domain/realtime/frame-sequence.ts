/**
 * What a receiver does with the frame that carries `seq` when the last one it took carried `last` (null: none since it joined).
 * A snapshot starts the count anew; a delta must follow without a gap, for a gap means that values may have been missed.
 */
export function frameStep(last: number | null, frame: { kind: "snapshot" | "delta"; seq: number }): "take" | "resync" | "ignore" {
  if (last === null) return frame.kind === "snapshot" ? "take" : "ignore";
  if (frame.seq <= last) return "ignore";
  if (frame.kind === "snapshot" || frame.seq === last + 1) return "take";
  return "resync";
}
