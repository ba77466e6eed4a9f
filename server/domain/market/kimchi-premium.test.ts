import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { quantile } from "@/server/domain/shared/statistics";
import { kimchiPremium, kimchiPremiums, type StampedPrice } from "./kimchi-premium";

const at = "2026-11-21T00:00:00.000Z";
const priced = (price: number, more: Partial<StampedPrice> = {}): StampedPrice => ({ price, at, ...more });
const [krw, usdt, bankRate, dollarCoinKrw] = [priced(150_389_000), priced(107_830), priced(1_375), priced(1_390)];
const later = (seconds: number) => new Date(Date.parse(at) + seconds * 1_000).toISOString();
const amount = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
/** How many times dearer one side is than the other: far beyond these, 1 + p loses its digits. */
const dearer = fc.double({ min: 0.05, max: 20, noNaN: true });
const width = fc.double({ min: 0, max: 0.2, noNaN: true });

describe("kimchiPremium", () => {
  it("gives the worked example of its docstring", () => {
    expect(kimchiPremium({ krw, usd: usdt, rate: bankRate })).toEqual({ premium: expect.closeTo(0.014317, 6), low: null, high: null, pricesApartMs: 0, rateApartMs: 0, fault: null });
  });

  it("does not change with the unit of the coin, nor with won or dollars counted in thousands", () => {
    fc.assert(fc.property(dearer, amount, amount, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (times, u, x, unit) => {
      const k = u * x * times;
      const premium = (a: number, b: number, c: number) => 1 + kimchiPremium({ krw: priced(a), usd: priced(b), rate: priced(c) }).premium!;
      expect(premium(k * unit, u * unit, x) / premium(k, u, x)).toBeCloseTo(1, 9);
      expect(premium(k * unit, u, x * unit) / premium(k, u, x)).toBeCloseTo(1, 9);
    }));
  });

  it("grows with the price in Korea, falls with that abroad, and is nothing at parity", () => {
    fc.assert(fc.property(amount, amount, fc.double({ min: 1.001, max: 10, noNaN: true }), (u, x, factor) => {
      const premium = (a: number, b: number) => kimchiPremium({ krw: priced(a), usd: priced(b), rate: priced(x) }).premium!;
      expect(premium(u * x, u)).toBeCloseTo(0, 12);
      expect(premium(u * x * factor, u)).toBeGreaterThan(0);
      expect(premium(u * x, u * factor)).toBeLessThan(0);
    }));
  });

  it("bounds the premium by what both books would give, and the bounds widen with the books", () => {
    const book = (price: number, half: number) => priced(price, { bid: price * (1 - half), ask: price * (1 + half) });
    fc.assert(fc.property(amount, amount, amount, width, width, width, (k, u, x, a, b, c) => {
      const narrow = kimchiPremium({ krw: book(k, a / 2), usd: book(u, b / 2), rate: book(x, c / 2) });
      const wide = kimchiPremium({ krw: book(k, a), usd: book(u, b), rate: book(x, c) });
      expect(narrow.low!).toBeLessThanOrEqual(narrow.premium!);
      expect(narrow.high!).toBeGreaterThanOrEqual(narrow.premium!);
      const slack = 1e-9 * (1 + wide.high!);
      expect(wide.low!).toBeLessThanOrEqual(narrow.low! + slack);
      expect(wide.high!).toBeGreaterThanOrEqual(narrow.high! - slack);
    }));
    expect(kimchiPremium({ krw: book(100, 0.01), usd: book(10, 0.01), rate: priced(10) })).toMatchObject({ premium: 0, low: expect.closeTo(0.99 / 1.01 - 1, 12), high: expect.closeTo(1.01 / 0.99 - 1, 12) });
    expect(kimchiPremium({ krw: book(100, 0.01), usd: priced(10), rate: priced(10) })).toMatchObject({ low: null, high: null });
  });

  it("is null, with its reason, where stamps are too far apart or no rate is known", () => {
    const ask = (krwAt: string, usdAt: string, rateAt: string) => kimchiPremium({ krw: priced(2, { at: krwAt }), usd: priced(1, { at: usdAt }), rate: priced(1, { at: rateAt }), limits: { pricesMs: 10_000, rateMs: 60_000 } });
    expect(ask(at, later(10), later(-50))).toMatchObject({ premium: 1, pricesApartMs: 10_000, rateApartMs: 60_000, fault: null });
    expect(ask(at, later(-11), at)).toMatchObject({ premium: null, pricesApartMs: 11_000, fault: "prices-not-aligned" });
    expect(ask(at, later(10), later(-51))).toMatchObject({ premium: null, rateApartMs: 61_000, fault: "rate-not-aligned" });
    expect(kimchiPremium({ krw, usd: usdt, rate: null })).toEqual({ premium: null, low: null, high: null, pricesApartMs: 0, rateApartMs: null, fault: "no-rate" });
    // Friday's rate on a Monday is the newest there is; that of a week ago is not.
    expect(kimchiPremium({ krw, usd: usdt, rate: priced(1_375, { at: "2026-11-17T00:00:00Z" }) }).fault).toBeNull();
    expect(kimchiPremium({ krw, usd: usdt, rate: priced(1_375, { at: "2026-11-14T00:00:00Z" }) }).fault).toBe("rate-not-aligned");
  });

  it.each([priced(0), priced(-1), priced(Number.NaN), priced(Number.POSITIVE_INFINITY), priced(1, { at: "yesterday" }), priced(1, { bid: 2, ask: 1 }), priced(1, { bid: 0 })])("refuses what is no price: %j", (bad) => {
    for (const input of [{ krw: bad, usd: usdt, rate: bankRate }, { krw, usd: bad, rate: bankRate }, { krw, usd: usdt, rate: bad }]) expect(() => kimchiPremium(input)).toThrow(AppError);
  });
});

describe("kimchiPremiums", () => {
  it("gives the worked example of its docstring", () => {
    const { bank, implied, dollarCoin } = kimchiPremiums({ krw, usdt, bankRate, dollarCoinKrw });
    expect([bank.premium, implied.premium, dollarCoin.premium]).toEqual([expect.closeTo(0.014317, 6), expect.closeTo(0.003371, 6), expect.closeTo(0.010909, 6)]);
  });

  it("splits the bank premium into the dollar coin's and what is left", () => {
    fc.assert(fc.property(dearer, amount, amount, dearer, (times, u, f, dollars) => {
      const [k, t] = [u * f * times, f * dollars];
      const { bank, implied, dollarCoin } = kimchiPremiums({ krw: priced(k), usdt: priced(u), bankRate: priced(f), dollarCoinKrw: priced(t) });
      expect(((1 + implied.premium!) * (1 + dollarCoin.premium!)) / (1 + bank.premium!)).toBeCloseTo(1, 9);
    }));
  });

  it("holds the dollar coin to the time of the coin, and goes without the rate that is missing", () => {
    const stale = kimchiPremiums({ krw, usdt, bankRate, dollarCoinKrw: priced(1_390, { at: later(-60) }) });
    expect([stale.bank.fault, stale.implied.fault]).toEqual([null, "rate-not-aligned"]);
    const alone = kimchiPremiums({ krw, usdt, bankRate: null, dollarCoinKrw });
    expect([alone.bank.fault, alone.implied.fault, alone.dollarCoin.fault]).toEqual(["no-rate", null, "no-rate"]);
    expect(kimchiPremiums({ krw, usdt, bankRate, dollarCoinKrw: null })).toMatchObject({ bank: { fault: null }, implied: { fault: "no-rate" }, dollarCoin: { fault: "no-rate" } });
  });
});

const folder = resolve(import.meta.dirname, "../../../../shared/data");
const [minutes, daily] = [`${folder}/btc_krw_usdt_5m.csv.gz`, `${folder}/usdkrw_daily.csv`];

describe.runIf(existsSync(minutes) && existsSync(daily))("recorded bitcoin prices (skipped when ../shared/data/btc_krw_usdt_5m.csv.gz is absent)", () => {
  it("had a premium from -2.2 % to 3.5 % in the summer of 2025, half a percent in the middle", () => {
    const rows = (text: string) => text.trim().split("\n").slice(1).map((line) => line.split(","));
    const rates = rows(readFileSync(daily, "utf8")).map(([date, rate]) => ({ price: Number(rate), at: `${date}T00:00:00Z` }));
    const premiums = rows(gunzipSync(readFileSync(minutes)).toString()).map(([stamp, won, dollars]) => {
      // The newest rate of the day or before it: none of the future.
      const rate = rates.findLast((one) => one.at.slice(0, 10) <= stamp!.slice(0, 10)) ?? null;
      return kimchiPremium({ krw: { price: Number(won), at: stamp! }, usd: { price: Number(dollars), at: stamp! }, rate }).premium!;
    });
    expect(premiums).toHaveLength(5_200);
    expect(premiums.every((premium) => premium !== null)).toBe(true);
    expect([Math.min(...premiums), quantile(premiums, 0.5)!, Math.max(...premiums)].map((premium) => Number(premium.toFixed(3)))).toEqual([-0.022, 0.005, 0.035]);
  });
});
