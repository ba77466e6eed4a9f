import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json";
import { claimWithinLimits, countRunning, fullKeys, type LimitedCall } from "./claim-within-limits";
import { readCronLine } from "./cron-line";
import { dueInMs, durationTextMs } from "./duration-text";
import { decideRetry, maxAttempts } from "./retry-decision";
import { retryDelayMs } from "./retry-delay";
import { seededEventId } from "./seeded-event-id";
import { storableJson } from "./storable-json";

describe("durations", () => {
  it("reads what the SDK writes", () => {
    expect(["90s", "1h30m", "1w2d", "250ms", "1.5h", " 2M "].map(durationTextMs)).toEqual([90_000, 5_400_000, 777_600_000, 250, 5_400_000, 120_000]);
  });

  it("is null for what is no duration", () => {
    expect(["", "soon", "10", "-5s", "5s!", "1y"].map(durationTextMs)).toEqual([null, null, null, null, null, null]);
  });

  it("counts to an instant, and never below zero", () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    expect(dueInMs("2026-01-01T00:01:00.000Z", now)).toBe(60_000);
    expect(dueInMs("2025-01-01T00:00:00Z", now)).toBe(0);
    expect(dueInMs("2026-99-99", now)).toBeNull();
    expect(dueInMs("later", now)).toBeNull();
  });
});

describe("retries", () => {
  const failure = { attempt: 0, maxAttempts: 3, noRetry: false, retryAfter: null, nowMs: 0, spread: 0 };

  it("waits longer after each attempt, up to two hours and a spread of thirty seconds", () => {
    expect([0, 1, 2, 9, 50].map((attempt) => retryDelayMs(attempt, 0))).toEqual([15_000, 30_000, 60_000, 7_200_000, 7_200_000]);
    fc.assert(fc.property(fc.nat(30), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, spread) => {
      const delay = retryDelayMs(attempt, spread);
      expect(delay).toBeGreaterThanOrEqual(retryDelayMs(attempt, 0));
      expect(delay).toBeLessThan(retryDelayMs(attempt, 0) + 30_000);
    }));
  });

  it("stops at the last attempt, or when told that it is no use", () => {
    expect(decideRetry({ ...failure, attempt: 1 })).toEqual({ retry: true, delayMs: 30_000 });
    expect(decideRetry({ ...failure, attempt: 2 })).toEqual({ retry: false });
    expect(decideRetry({ ...failure, noRetry: true })).toEqual({ retry: false });
  });

  it("waits as long as the function asks, in seconds or until an instant", () => {
    expect(decideRetry({ ...failure, retryAfter: "7" })).toEqual({ retry: true, delayMs: 7_000 });
    expect(decideRetry({ ...failure, retryAfter: "1970-01-01T00:00:09.000Z", nowMs: 4_000 })).toEqual({ retry: true, delayMs: 5_000 });
    expect(decideRetry({ ...failure, retryAfter: "whenever" })).toEqual({ retry: true, delayMs: 15_000 });
  });

  it("makes four retries when none are named", () => {
    expect([maxAttempts(null), maxAttempts(undefined), maxAttempts(0), maxAttempts(7)]).toEqual([5, 5, 1, 8]);
  });
});

describe("seededEventId", () => {
  const SEED = "1700000000000,AQIDBAUGBwgJCg==";

  it("is a ULID of the seed's time, with the number of the event in its last bytes", () => {
    // Computed apart, with Python's integers.
    expect(seededEventId(SEED, 1)).toBe("01HF7YAT00041061050R3GG28B");
    expect(seededEventId(SEED, 2)).toBe("01HF7YAT00041061050R3GG28C");
  });

  it("is null for a seed of another shape", () => {
    expect(["", "x,y", "1700000000000", "1700000000000,AQID", `${"9".repeat(15)},AQIDBAUGBwgJCg==`].map((seed) => seededEventId(seed, 1))).toEqual([null, null, null, null, null]);
  });

  it("differs for each event of a request, also when the last bytes run over", () => {
    const ids = Array.from({ length: 300 }, (_, i) => seededEventId("1700000000000,AAAAAAAA/////w==", i + 1));
    expect(new Set(ids).size).toBe(300);
    expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id!))).toBe(true);
  });
});

describe("JSON", () => {
  it("is the same text whatever the order of keys, and the same value", () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: "x" }] })).toBe('{"a":[{"c":"x","d":null}],"b":1}');
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }));
  });

  it("replaces what jsonb refuses and leaves an escaped backslash before it alone", () => {
    expect(storableJson({ a: "x\u0000y", b: "\ud800", c: "\\u0000", d: "😀" })).toBe('{"a":"x\\ufffdy","b":"\\ufffd","c":"\\\\u0000","d":"😀"}');
    expect(storableJson(undefined)).toBe("null");
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!/\\u(0000|d[89a-f])/.test(text));
      expect(storableJson(value)).toBe(text);
    }));
  });
});

describe("concurrency limits", () => {
  const call = (...keys: [string, number][]) => ({ limitKeys: keys.map(([key]) => key), limitSizes: keys.map(([, size]) => size) });
  const claim = (waiting: LimitedCall[], running: LimitedCall[] = []) => claimWithinLimits(waiting, { running, capacity: 100, arrivals: new Map(), nowMs: 0 }).calls;
  const aCall = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 3 }).map((keys) => call(...keys.map((key): [string, number] => [key, { a: 1, b: 2, c: 3 }[key]!])));

  it("lets a call wait without holding back those behind it", () => {
    const [first, second, other] = [call(["a", 1]), call(["a", 1]), call(["b", 2])];
    expect(claim([first, second, other])).toEqual([first, other]);
    expect(claim([first, other], [call(["a", 1])])).toEqual([other]);
    expect(fullKeys([call(["a", 1]), call(["b", 2])])).toEqual(["a"]);
  });

  it("never passes a limit, and leaves nothing waiting that has room", () => {
    fc.assert(fc.property(fc.array(aCall, { maxLength: 20 }), (waiting) => {
      const claimed = claim(waiting);
      const counts = countRunning(claimed);
      expect((counts.get("a") ?? 0) <= 1 && (counts.get("b") ?? 0) <= 2 && (counts.get("c") ?? 0) <= 3).toBe(true);
      expect(claim(waiting.filter((one) => !claimed.includes(one)), claimed)).toEqual([]);
    }));
  });
});

describe("function settings", () => {
  it("parts the zone from a cron line", () => {
    expect(readCronLine("TZ=Europe/London 0 8 * * *")).toEqual({ timeZone: "Europe/London", pattern: "0 8 * * *" });
    expect(readCronLine(" */2 * * * * * ")).toEqual({ timeZone: "UTC", pattern: "*/2 * * * * *" });
  });
});
