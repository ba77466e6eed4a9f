import { describe, expect, it } from "vitest";
import { readFieldSelection, selectFields } from "./field-selection";

const company = { ticker: "CAT", ratios: { icr: 9.1, margin: null }, statements: [{ year: 2024, lines: { revenue: "1" } }, { year: 2023, lines: { revenue: null } }] };
const pick = (fields: string, data: unknown = company) => selectFields(data, readFieldSelection(fields)!);

describe("selectFields", () => {
  it("keeps the named fields, below objects and in every item of a list", () => {
    expect(pick("ticker,ratios.icr,statements.lines.revenue")).toEqual({ ticker: "CAT", ratios: { icr: 9.1 }, statements: [{ lines: { revenue: "1" } }, { lines: { revenue: null } }] });
    expect(pick("ratios.margin")).toEqual({ ratios: { margin: null } });
  });

  it("keeps a page's cursor and selects in its items", () => {
    expect(pick("ticker", { items: [company, company], nextCursor: "x" })).toEqual({ items: [{ ticker: "CAT" }, { ticker: "CAT" }], nextCursor: "x" });
  });

  it("refuses a field that is not there, and a text that names none", () => {
    for (const fields of ["nope", "ratios.nope", "ticker.x", "ratios..icr", "constructor", "a b", "x".repeat(5_000)]) {
      expect(() => pick(fields)).toThrow(expect.objectContaining({ code: "INVALID_INPUT", details: { field: "fields" } }));
    }
  });

  it("selects everything when nothing is named", () => {
    expect([readFieldSelection(null), readFieldSelection(" ")]).toEqual([null, null]);
  });
});
