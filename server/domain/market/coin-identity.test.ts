import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { coinIdOf, isSuspiciousMatch } from "./coin-identity";

describe("coinIdOf", () => {
  it("knows a code by the name that the exchange gives it, however it is written", () => {
    expect(coinIdOf("BTC")).toBe("bitcoin");
    expect([coinIdOf("VET", "VeChain"), coinIdOf("VET", "VeChainThor"), coinIdOf("PEPE", "PEPE"), coinIdOf("LINK", "ChainLink")]).toEqual(["vechain", "vechain", "pepe", "chainlink"]);
  });

  it("does not take another coin of the same code for it, and guesses no code", () => {
    expect(coinIdOf("ATOM", "Atomic Coin")).toBeNull();
    for (const code of ["NOSUCH", "btc", "", "constructor", "__proto__", "1000SHIB"]) expect(coinIdOf(code)).toBeNull();
  });
});

describe("isSuspiciousMatch", () => {
  const premium = fc.double({ min: -0.9, max: 5, noNaN: true });

  it("gives the worked example of its docstring", () => {
    expect([isSuspiciousMatch(0.6, 0.02), isSuspiciousMatch(-0.3, 0.02), isSuspiciousMatch(999, 0.02)]).toEqual([true, false, true]);
  });

  it("is never so at the board's own premium, is symmetric, and is once so further out too", () => {
    fc.assert(fc.property(premium, premium, fc.double({ min: 1.01, max: 3, noNaN: true }), (p, board, further) => {
      expect(isSuspiciousMatch(board, board)).toBe(false);
      expect(isSuspiciousMatch(p, board)).toBe(isSuspiciousMatch(board, p));
      const out = p >= board ? (1 + p) * further - 1 : (1 + p) / further - 1;
      if (isSuspiciousMatch(p, board)) expect(isSuspiciousMatch(out, board)).toBe(true);
    }));
  });

  it("refuses what is no premium or bound", () => {
    for (const bad of [() => isSuspiciousMatch(-1, 0), () => isSuspiciousMatch(0, Number.NaN), () => isSuspiciousMatch(0, 0, { factor: 1 })]) expect(bad).toThrow(AppError);
  });
});
