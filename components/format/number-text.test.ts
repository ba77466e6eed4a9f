import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { basisPointsText, moneyText, multipleText, percentText, percentagePointsText, quantityText } from "./number-text";

describe("number texts", () => {
  it("writes fractions as percent, basis points and percentage points", () => {
    expect(percentText("en", 0.0534)).toBe("5.3%");
    expect(percentText("en", -0.0192, { digits: 2, signed: true })).toBe("−1.92%");
    expect(basisPointsText("en", 0.01, { signed: true })).toBe("+100 bp");
    expect(percentagePointsText("en", 0.0125)).toBe("1.25 pp");
  });

  it("gives a rounded zero no sign", () => {
    expect(percentText("en", 0.00001, { digits: 2, signed: true })).toBe("0.00%");
    expect(percentText("en", -0.00001, { digits: 2, signed: true })).toBe("0.00%");
  });

  it("abbreviates money in the words of the language and keeps the full figure exact", () => {
    expect(moneyText("en", "1243567890.25", { currency: "USD", abbreviate: true })).toBe("$1.24B");
    expect(moneyText("ko", "1243567890.25", { currency: "USD", abbreviate: true })).toBe("$12.4억");
    expect(moneyText("en", "12345678901234567890.12", { currency: "USD" })).toBe("$12,345,678,901,234,567,890.12");
    expect(moneyText("en", "-534000000", { currency: "USD", abbreviate: true })).toBe("−$534M");
  });

  it("leaves small money and quantities whole", () => {
    expect(moneyText("en", 27.14, { currency: "USD", abbreviate: true })).toBe("$27.14");
    expect(quantityText("en", 1234.5)).toBe("1,234.5");
  });

  it("drops the decimals of large multiples", () => {
    expect(multipleText("en", 2.61)).toBe("2.61×");
    expect(multipleText("en", 412.34)).toBe("412×");
  });

  it("never writes a hyphen for a minus", () => {
    fc.assert(fc.property(fc.double({ min: -1e9, max: -0.01, noNaN: true }), fc.constantFrom("en", "ko"), (value, locale) => {
      const texts = [percentText(locale, value), multipleText(locale, value), moneyText(locale, value, { currency: "USD", abbreviate: true }), quantityText(locale, value, { digits: 2 })];
      for (const text of texts) expect(text).toMatch(/^−[^-]*$/);
    }));
  });
});
