import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barFault } from "./bar-fault";
import { plainNumber } from "./plain-number";

const sound = { open: 10, high: 12, low: 9, close: 11, volume: 100 };

describe("barFault", () => {
  it("names the first fault", () => {
    const fault = (change: Partial<typeof sound>) => barFault({ ...sound, ...change });
    expect(fault({})).toBeNull();
    expect(fault({ volume: 0 })).toBeNull();
    expect(fault({ high: 8, open: 9, close: 9 })).toBe("high < low");
    expect(fault({ low: -1 })).toBe("negative price");
    expect(fault({ low: 0 })).toBe("zero price");
    expect(fault({ open: 13 })).toBe("open outside low to high");
    expect(fault({ close: 8 })).toBe("close outside low to high");
    expect(fault({ volume: -1 })).toBe("negative volume");
    expect(fault({ close: Number.NaN })).toBe("non-numeric close");
    expect(fault({ high: Infinity })).toBe("non-numeric high");
    expect(fault({ volume: Infinity })).toBe("non-numeric volume");
  });

  it("finds no fault exactly where high and low enclose positive prices", () => {
    const price = fc.integer({ min: -2, max: 6 });
    fc.assert(fc.property(price, price, price, price, price, (open, high, low, close, volume) => {
      const isSound = low > 0 && volume >= 0 && [open, close, high].every((value) => value >= low && value <= high);
      expect(barFault({ open, high, low, close, volume }) === null).toBe(isSound);
    }));
  });
});

describe("plainNumber", () => {
  it("reads what a table writes and nothing else", () => {
    expect(["1", "-2.5", "0.0001", "1e5", "1.5E-3", "007", ".5", "5."].map(plainNumber)).toEqual([1, -2.5, 0.0001, 1e5, 0.0015, 7, 0.5, 5]);
    for (const text of ["", " ", "1 ", "0x10", "0b11", "NaN", "Infinity", "1,5", "1.2.3", "-", ".", "--1", "1-2", "1e", "e5", "١"]) expect(plainNumber(text), text).toBeNaN();
  });

  it("agrees with Number on finite numbers", () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Object.is(plainNumber(String(value)), value) || value === 0).toBe(true);
    }));
  });
});
