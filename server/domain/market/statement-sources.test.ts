import { describe, expect, it } from "vitest";
import { statementDecision, type SourcedPeriod } from "./statement-sources";

const quarter = (provider: string, periodEnd: string, periodKind = "QUARTER"): SourcedPeriod => ({ provider, periodKind, periodEnd });

describe("statementDecision", () => {
  it("never lets a worse source touch a better one, also when it rounds the period's end", () => {
    const filed = [quarter("sec-filing", "2025-09-27")];
    expect(statementDecision(quarter("yahoo_quarterly", "2025-09-30"), filed)).toBe("keep");
    expect(statementDecision(quarter("sec_companyfacts", "2025-09-27"), filed)).toBe("keep");
    expect(statementDecision(quarter("somebody", "2025-09-27"), filed)).toBe("keep");
  });

  it("lets a better source take the place of a worse one and refresh its own", () => {
    const held = [quarter("yahoo_quarterly", "2025-09-30")];
    expect(statementDecision(quarter("sec_companyfacts", "2025-09-27"), held)).toBe("replace");
    expect(statementDecision(quarter("yahoo_quarterly", "2025-09-30"), held)).toBe("update");
    expect(statementDecision(quarter("yahoo_quarterly", "2025-09-28"), held)).toBe("keep");
  });

  it("keeps a statement of a worse source that says more", () => {
    const held = [{ ...quarter("sec-filing", "2025-09-27"), lines: 12 }];
    expect(statementDecision({ ...quarter("sec", "2025-09-27"), lines: 3 }, held)).toBe("keep");
    expect(statementDecision({ ...quarter("sec", "2025-09-27"), lines: 12 }, held)).toBe("replace");
    expect(statementDecision(quarter("sec-filing", "2025-09-27"), [quarter("sec", "2025-09-27")])).toBe("keep");
  });

  it("adds other periods and other kinds", () => {
    const held = [quarter("sec-filing", "2025-09-27")];
    expect(statementDecision(quarter("yahoo_quarterly", "2025-12-31"), held)).toBe("add");
    expect(statementDecision(quarter("yahoo_quarterly", "2025-09-30", "YEAR"), held)).toBe("add");
    expect(statementDecision(quarter("yahoo_quarterly", "2025-09-30"), [])).toBe("add");
  });
});
