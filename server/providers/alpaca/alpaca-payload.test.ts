import { describe, expect, it } from "vitest";
import { alpacaBars, readAlpacaTrades, toAlpacaBars } from "./alpaca-payload";

describe("Alpaca payloads", () => {
  it("dates a daily bar by the day in New York", () => {
    const { bars } = alpacaBars.parse({ symbol: "A", next_page_token: null, bars: [{ t: "2025-07-01T04:00:00Z", o: 1, h: 2, l: 1, c: 2, v: 3 }] });
    expect(toAlpacaBars(bars!, { daily: true, provenance: (asOf) => ({ provider: "alpaca", asOf, url: null, accession: null }) })[0]!.time).toBe("2025-07-01T00:00:00.000Z");
  });

  it("refuses what is no message of the stream", () => {
    for (const text of ["no JSON", "{}", '[{"T":"x"}]', '[{"T":"t","S":"A","p":-1,"s":1,"t":"2025-11-20T15:51:44Z"}]', '[{"T":"error","code":402,"msg":"auth failed"}]']) expect(() => readAlpacaTrades(text, new Map())).toThrow();
  });

  it("refuses a malformed answer", () => expect(alpacaBars.safeParse({ symbol: "A", bars: [{ t: 1 }], next_page_token: null }).success).toBe(false));
});
