import { describe, expect, it } from "vitest";
import { seriesDigits } from "./series-digits";

describe("seriesDigits", () => {
  it.each([[3.63, 2], [-0.22, 2], [131.915, 1], [28_104.5, 0], [0.0041, 4], [0, 2], [null, 2]])("reads a series at %j with %j decimals", (last, digits) => expect(seriesDigits(last)).toBe(digits));
});
