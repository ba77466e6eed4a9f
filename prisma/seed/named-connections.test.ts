import { describe, expect, it } from "vitest";
import { companyFigure, instrumentFigure, parseFigures, readFigureText } from "./figure-files";
import { NAMED_CONNECTIONS } from "./named-connections";

const known = new Set([
  ...parseFigures(readFigureText("companies.jsonl"), companyFigure).map(({ ticker }) => `company:${ticker}`),
  ...parseFigures(readFigureText("instruments.jsonl"), instrumentFigure).map(({ symbol }) => `asset:${symbol}`),
]);

describe("named connections", () => {
  it("are 60 and more between bundled companies, each stored once and none with itself", () => {
    expect(NAMED_CONNECTIONS.filter(({ from, to }) => from.startsWith("company:") && to.startsWith("company:")).length).toBeGreaterThanOrEqual(60);
    expect(NAMED_CONNECTIONS.flatMap(({ from, to }) => [from, to]).filter((key) => !known.has(key))).toEqual([]);
    const pairs = NAMED_CONNECTIONS.map(({ kind, from, to }) => `${kind} ${kind === "COMPETITION" ? [from, to].sort().join() : `${from},${to}`}`);
    expect(pairs.filter((pair, i) => pairs.indexOf(pair) !== i)).toEqual([]);
    expect(NAMED_CONNECTIONS.filter(({ from, to }) => from === to)).toEqual([]);
  });

  it("cite a document, whole, exactly where its wording was read, and say of everything else that it is assumed", () => {
    for (const { basis, evidence, verified, strength } of NAMED_CONNECTIONS) {
      expect(strength).toBeGreaterThan(0);
      expect(strength).toBeLessThanOrEqual(1);
      expect({ cited: basis === "FILED", evidence: evidence !== null }).toEqual({ cited: verified, evidence: verified });
      if (verified) expect(evidence).toMatchObject({ company: expect.any(String), form: "10-K", year: expect.any(Number), text: expect.any(String), stated: expect.any(Boolean) });
      else expect({ basis, evidence }).toEqual({ basis: "ASSUMED", evidence: null });
    }
  });

  it("cite a filing of one of the two, and each of the filings that were read", () => {
    for (const { from, to, evidence } of NAMED_CONNECTIONS) if (evidence) expect([from, to]).toContain(`company:${evidence.company}`);
    const filings = new Map<string, number>();
    for (const { evidence } of NAMED_CONNECTIONS) if (evidence) filings.set(`${evidence.company} ${evidence.year}`, (filings.get(`${evidence.company} ${evidence.year}`) ?? 0) + 1);
    // A new line belongs here only once somebody has read the filing's words.
    expect(Object.fromEntries(filings)).toEqual({
      "AMD 2025": 1, "AVGO 2023": 1, "BA 2023": 4, "CAT 2025": 2, "DAL 2025": 1, "LRCX 2023": 2, "LRCX 2026": 1, "NVDA 2024": 3, "NVDA 2026": 2, "QCOM 2025": 1, "SWKS 2025": 1, "TSLA 2020": 1, "VICI 2025": 1,
    });
  });

  it("take the strength from the filing only where its words give that number", () => {
    for (const { evidence, strength } of NAMED_CONNECTIONS) if (evidence?.stated) expect(evidence.text).toContain(`${Math.round(strength * 100)}%`);
  });

  it("give no supplier customers for more than all of its sales", () => {
    const shares = new Map<string, number>();
    for (const { kind, from, strength } of NAMED_CONNECTIONS) if (kind === "SUPPLY") shares.set(from, (shares.get(from) ?? 0) + strength);
    expect([...shares].filter(([, share]) => share > 1)).toEqual([]);
  });
});
