import { describe, expect, it } from "vitest";
import { taggedFacts } from "./tagged-facts";

const fact = (start: string | undefined, end: string, val: number, accn: string, filed: string) => ({ start, end, val, accn, form: "10-Q", filed });
const company = (tags: Record<string, ReturnType<typeof fact>[]>) => taggedFacts({ facts: { "us-gaap": Object.fromEntries(Object.entries(tags).map(([tag, facts]) => [tag, { units: { USD: facts } }])) } })!;

describe("taggedFacts", () => {
  it("takes a quarter as filed, the last filing first, and never a sum to date", () => {
    const facts = company({ Revenues: [fact("2025-01-01", "2025-06-30", 30, "a", "2025-08-01"), fact("2025-04-01", "2025-06-30", 17, "a", "2025-08-01"), fact("2025-04-01", "2025-06-30", 18, "b", "2026-08-01")] });
    expect(facts.flow("2025-06-30", "quarter", ["Revenues"])).toBe(18);
    expect(facts.flow("2025-06-30", "year", ["Revenues"])).toBeNull();
  });

  it("takes the difference of two sums to date where a filing gives no quarter", () => {
    const facts = company({ Cash: [fact("2025-01-01", "2025-03-31", 10, "a", "2025-05-01"), fact("2025-01-01", "2025-06-30", 25, "b", "2025-08-01")] });
    expect(facts.flow("2025-06-30", "quarter", ["Other", "Cash"])).toBe(15);
    expect(facts.flow("2025-03-31", "quarter", ["Cash"])).toBe(10);
    expect(facts.flow("2025-09-30", "quarter", ["Cash"])).toBeNull();
  });

  it("names the first filing whose figure still stands, else the one that changed it", () => {
    const quarter = (val: number, accn: string, filed: string) => fact("2025-04-01", "2025-06-30", val, accn, filed);
    expect(company({ Revenues: [quarter(17, "first", "2025-08-01"), quarter(17, "second", "2026-08-01")] }).filing("2025-06-30", "quarter")).toBe("first");
    expect(company({ Revenues: [quarter(17, "first", "2025-08-01"), quarter(18, "second", "2026-08-01")] }).filing("2025-06-30", "quarter")).toBe("second");
  });

  it("reads balances by their day", () => {
    expect(company({ Assets: [fact(undefined, "2025-06-30", 5, "a", "2025-08-01")] }).stock("2025-06-30", ["Assets"])).toBe(5);
    expect(taggedFacts(null)).toBeNull();
  });
});
