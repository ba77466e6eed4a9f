import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvText } from "./csv-text";

describe("csvText", () => {
  it("quotes what needs it and leaves what is missing empty", () => {
    expect(csvText(["Name", "ICR"], [['Acme, "the" company', 2.5], ["Plain", null]])).toBe('Name,ICR\r\n"Acme, ""the"" company",2.5\r\nPlain,\r\n');
  });

  it("keeps negative numbers and disarms formulas", () => {
    expect(csvText(["a", "b", "c"], [[-1.5, "-2.25", "=SUM(A1)"]])).toBe("a,b,c\r\n-1.5,-2.25,'=SUM(A1)\r\n");
  });

  it("never writes NaN or Infinity", () => {
    fc.assert(fc.property(fc.double(), (value) => {
      expect(csvText(["x"], [[value]])).not.toMatch(/NaN|Infinity/);
    }));
  });
});
