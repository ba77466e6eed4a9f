import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DRIVER_IDS, SHOCK_SHAPES, SHOCK_UNITS } from "@/server/contracts/scenario";
import { decodeShocks, encodeShocks } from "./shock-code";

const aShock = fc.record({
  driver: fc.constantFrom(...DRIVER_IDS),
  size: fc.integer({ min: -5_000, max: 5_000 }).map((n) => n / 10),
  unit: fc.constantFrom(...SHOCK_UNITS),
  shape: fc.constantFrom(...SHOCK_SHAPES),
  startQuarter: fc.integer({ min: 1, max: 40 }),
  durationQuarters: fc.integer({ min: 1, max: 40 }),
  halfLifeQuarters: fc.integer({ min: 1, max: 160 }).map((n) => n / 4),
});

describe("shock code", () => {
  it("writes the usual shock short", () => {
    expect(encodeShocks(decodeShocks("fedFunds:100bp:step:1:40:4"))).toBe("fedFunds:100bp");
  });

  it("reads back what it wrote", () => {
    fc.assert(fc.property(fc.uniqueArray(aShock, { selector: (s) => s.driver }), (shocks) => {
      expect(decodeShocks(encodeShocks(shocks))).toEqual(shocks);
    }));
  });

  it("leaves out what it cannot read, and never counts a driver twice", () => {
    expect(decodeShocks("fedFunds:NaNbp,moon:1bp,oil:10furlongs,oil:10percent:spiral,vix:,btc:5percent:step:0,fedFunds:50bp,fedFunds:60bp")).toMatchObject([{ driver: "fedFunds", size: 50 }]);
  });

  it("survives any text", () => {
    fc.assert(fc.property(fc.string(), (text) => void decodeShocks(text)));
  });
});
