import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameStep } from "./frame-sequence";

describe("frameStep", () => {
  it("waits for a snapshot after joining", () => {
    expect(frameStep(null, { kind: "delta", seq: 7 })).toBe("ignore");
    expect(frameStep(null, { kind: "snapshot", seq: 7 })).toBe("take");
  });

  it("takes the frame that follows, drops one seen before and asks anew over a gap", () => {
    expect(frameStep(3, { kind: "delta", seq: 4 })).toBe("take");
    expect(frameStep(3, { kind: "delta", seq: 3 })).toBe("ignore");
    expect(frameStep(3, { kind: "delta", seq: 5 })).toBe("resync");
    expect(frameStep(3, { kind: "snapshot", seq: 9 })).toBe("take");
    expect(frameStep(3, { kind: "snapshot", seq: 1 })).toBe("take");
  });

  it("never takes deltas with a hole between them", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 2, max: 60 })), (lost) => {
        let last: number | null = 1;
        let sawGap = false;
        for (let seq = 2; seq <= 60; seq++) {
          if (lost.includes(seq)) continue;
          const step = frameStep(last, { kind: "delta", seq });
          if (step === "resync") {
            sawGap = true;
            break;
          }
          expect(seq).toBe(last! + 1);
          last = seq;
        }
        expect(sawGap).toBe(lost.some((seq) => seq < 60 && !Array.from({ length: 60 - seq }, (_, i) => seq + 1 + i).every((later) => lost.includes(later))));
      }),
    );
  });
});
