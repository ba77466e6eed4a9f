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

  it("cite a document or say that they are assumed, and are verified only with one", () => {
    for (const { basis, evidence, verified, strength } of NAMED_CONNECTIONS) {
      expect(strength).toBeGreaterThan(0);
      expect(strength).toBeLessThanOrEqual(1);
      if (basis === "FILED") expect(evidence).toMatchObject({ company: expect.any(String), form: "10-K", year: expect.any(Number), text: expect.any(String) });
      else expect({ basis, evidence, verified }).toEqual({ basis: "ASSUMED", evidence: null, verified: false });
    }
  });

  it("cite a filing of one of the two companies", () => {
    for (const { from, to, evidence } of NAMED_CONNECTIONS) if (evidence) expect([from, to]).toContain(`company:${evidence.company}`);
  });

  it("give no supplier customers for more than all of its sales", () => {
    const shares = new Map<string, number>();
    for (const { kind, from, strength } of NAMED_CONNECTIONS) if (kind === "SUPPLY") shares.set(from, (shares.get(from) ?? 0) + strength);
    expect([...shares].filter(([, share]) => share > 1)).toEqual([]);
  });
});
