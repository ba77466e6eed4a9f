import { describe, expect, it } from "vitest";
import { dueSplits } from "./due-splits";

const close = (date: string, ratio: number) => ({ date, stored: 100, arriving: 100 * ratio });
const split = { exDate: "2025-03-05", factor: 0.25 };

describe("dueSplits", () => {
  it("is due where all that was stored before it lies apart by its factor, whether or not bars came since", () => {
    expect(dueSplits([close("2025-03-03", 0.25), close("2025-03-04", 0.251)], [split])).toEqual([split]);
    expect(dueSplits([close("2025-03-03", 0.25), close("2025-03-04", 0.25), close("2025-03-05", 1), close("2025-03-06", 1)], [split])).toEqual([split]);
  });

  it("is not due where the bars were adjusted before they came, or nothing shows their level", () => {
    expect(dueSplits([close("2025-03-03", 1), close("2025-03-04", 1)], [split])).toEqual([]);
    expect(dueSplits([close("2025-03-06", 1)], [split])).toEqual([]);
    expect(dueSplits([close("2025-03-03", 0.5)], [split])).toEqual([]);
  });

  it("finds one split behind another", () => {
    const earlier = { exDate: "2025-03-04", factor: 0.5 };
    expect(dueSplits([close("2025-03-03", 0.125), close("2025-03-04", 0.25)], [earlier, split])).toEqual([split, earlier]);
    expect(dueSplits([close("2025-03-03", 0.25), close("2025-03-04", 0.25)], [earlier, split])).toEqual([split]);
  });
});
