import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainNumber } from "@/server/domain/market/plain-number";
import { csvFields } from "@/server/platform/csv-lines";
import { BarScanner } from "./bar-scanner";

const scanned = (line: string, scanner = new BarScanner()) => {
  const bytes = Buffer.from(line);
  const next = scanner.read(bytes, 0);
  if (next === -1) return null;
  expect(next).toBe(bytes.indexOf("\n") + 1);
  const { ticker, year, month, day, open, high, low, close, volume } = scanner;
  return [ticker, year, month, day, open, high, low, close, volume];
};

/** The same by the general way: null where that has to word what is odd. */
const general = (line: string) => {
  const [ticker = "", date = "", ...cells] = line.slice(0, line.indexOf("\n")).replace(/\r$/, "").split(",");
  const stamp = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const numbers = cells.map(plainNumber);
  if (ticker.includes('"') || !stamp || numbers.length !== 5 || !numbers.every(Number.isFinite)) return null;
  return [ticker, ...stamp.slice(1).map(Number), ...numbers];
};

const figure = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 1e-9, max: 1e12, noNaN: true }).map(String) },
  { weight: 6, arbitrary: fc.tuple(fc.nat({ max: 99_999_999 }), fc.nat({ max: 99_999_999 })).map(([whole, part]) => `${whole}.${part}`) },
  { weight: 2, arbitrary: fc.nat({ max: Number.MAX_SAFE_INTEGER }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom("", ".", "5.", ".5", "1.2.3", "-3", "1e5", "2E-7", "1e999", "0x11", " 1", "1 ", "NaN", "ten", '"1"', "007", "123456789012345678901234567890", "0.000000000000000000001", "é") },
);
const row = fc.tuple(
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom("AAPL", "A", "BRK-B", "^VIX", "005930.KS") }, { weight: 1, arbitrary: fc.constantFrom("", '"A"', "삼성", 'A"') }),
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom("2025-01-02", "1999-12-31") }, { weight: 1, arbitrary: fc.constantFrom("2025-1-2", "", "2025/01/02", "20250102", "2025-01-02T00", "abcd-ef-gh", "2025-99-99") }),
  fc.oneof({ weight: 8, arbitrary: fc.array(figure, { minLength: 5, maxLength: 5 }) }, { weight: 1, arbitrary: fc.array(figure, { maxLength: 7 }) }),
  fc.constantFrom("\n", "\n", "\n", "\r\n"),
).map(([ticker, date, figures, end]) => `${[ticker, date, ...figures].join(",")}${end}`);

describe("BarScanner", () => {
  it("reads a row of the plain form", () => {
    expect(scanned("AAPL,2007-01-03,2.5831,2.5918,2.4517,2.5086,1238319600\n")).toEqual(["AAPL", 2007, 1, 3, 2.5831, 2.5918, 2.4517, 2.5086, 1_238_319_600]);
    expect(scanned("BTC-USD,2025-06-01,1e5,123456.78901234567,.5,5.,12345678901234567890\r\n")).toEqual(["BTC-USD", 2025, 6, 1, 1e5, 123456.78901234567, 0.5, 5, 12345678901234567890]);
  });

  it.each(["", "\n", "A\n", "A,2025-01-02,1,2,3,4\n", "A,2025-01-02,1,2,3,4,5,6\n", "A,2025-01-02,1,2,3,4,5", '"A",2025-01-02,1,2,3,4,5\n', "A\nB,2025-01-02,1,2,3,4,5\n", "A,2025-01-02,1,2,3,4,\n", "A,2025-01-02,1,2,3,4,x\n"])("leaves %j to the general way", (line) => {
    expect(scanned(line)).toBeNull();
  });

  it("agrees with the general way to the last bit, whatever row came before", () => {
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (lines) => {
      const scanner = new BarScanner();
      for (const line of lines) expect(scanned(line, scanner)).toEqual(general(line));
    }), { numRuns: 2_000 });
  });

  it("stands at each row of a longer text in turn", () => {
    const text = Buffer.from("A,2025-01-02,1,2,1,2,5\nAB,2025-01-03,1,2,1,2,6\nA,2025-01-02,1,2,1,2,7\n");
    const scanner = new BarScanner();
    const seen: unknown[] = [];
    for (let at = 0; at < text.length; ) {
      at = scanner.read(text, at);
      seen.push([scanner.ticker, scanner.day, scanner.volume]);
    }
    expect(seen).toEqual([["A", 2, 5], ["AB", 3, 6], ["A", 2, 7]]);
  });

  it("gives the fields that a split gives", () => {
    const line = "A,2025-01-02,10.25,12,9.5,11,100";
    expect(scanned(`${line}\n`)!.slice(4)).toEqual(csvFields(line)!.slice(2).map(Number));
  });
});
