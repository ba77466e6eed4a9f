import { describe, expect, it } from "vitest";
import { macroCategory } from "./import-series";
import { vintageDate } from "./vintage-date";

describe("vintageDate", () => {
  it("reads a month, a day and a change of vintage", () => {
    expect(vintageDate("FRED-MD vintage 2025-12 (McCracken & Ng)", "1980-01-01")).toBe("2025-12-31");
    expect(vintageDate("FRED API pull 2026-08-21", "1980-01-01")).toBe("2026-08-21");
    const seam = "FRED-MD 2025-12 vintage before 2021-05-01; FRED API pull 2026-08-21 from then on";
    expect([vintageDate(seam, "2021-04-01"), vintageDate(seam, "2021-05-01")]).toEqual(["2025-12-31", "2026-08-21"]);
    expect(vintageDate("a mirror before 2021-05; FRED API pull 2026-08-21 from then on", "2020-01-01")).toBe("2026-08-21");
    expect(vintageDate("by hand", "2020-01-01")).toBeNull();
  });
});

describe("macroCategory", () => {
  it("goes by the words of the name and the unit", () => {
    expect(macroCategory("FX rate, monthly average: South Korea", "KRW per USD")).toBe("trade-fx");
    expect(macroCategory("10-year Treasury constant maturity rate", "Percent")).toBe("rates");
    expect(macroCategory("CPI: all items", "Index 1982-84=100")).toBe("prices");
    expect(macroCategory("Civilian unemployment rate", "Percent")).toBe("labour");
    expect(macroCategory("Crude oil", "USD per barrel")).toBe("global");
  });
});
