/**
 * What a receiver does with the frame that carries `seq` when the last one it took carried `last` (null: none since it joined).
 * A snapshot starts the count anew, for frames of one connection arrive in order; a delta must follow without a gap, or values may have been missed.
 */
export function frameStep(last: number | null, frame: { kind: "snapshot" | "delta"; seq: number }): "take" | "resync" | "ignore" {
  if (frame.kind === "snapshot") return "take";
  if (last === null || frame.seq <= last) return "ignore";
  return frame.seq === last + 1 ? "take" : "resync";
}
