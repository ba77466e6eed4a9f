import { describe, expect, it } from "vitest";
import type { CompanyOutcome, DriverPath } from "@/server/contracts/scenario";
import { startSummary } from "./start-summary";

const driver = (quartersFromStart: number | null) => ({ baseline: quartersFromStart === null ? null : { series: "S", value: 1, quarter: "2025Q3", quartersFromStart } }) as DriverPath;
const company = (quartersFromStart: number | null, window: "four-quarters" | "fiscal-year" = "four-quarters") =>
  ({ statements: quartersFromStart === null ? null : { periodEnd: "2025-09-30", quarter: "2025Q3", quartersFromStart, window, reference: "10-Q", provider: "test" } }) as CompanyOutcome;

describe("startSummary", () => {
  it("counts what is carried from earlier, and leaves out what has no level or no statements", () => {
    expect(startSummary([driver(0), driver(-3), driver(null)], [company(0), company(-1, "fiscal-year"), company(1), company(null)])).toEqual({
      carried: 1,
      statements: { total: 3, same: 1, older: 1, newer: 1, years: 1 },
    });
  });
});
