import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { itSurvivesAMisbehavingVendor, type VendorUnderTest } from "@/server/testing/it-survives-a-misbehaving-vendor";
import { startMisbehavingVendor, type SeenRequest } from "@/server/testing/misbehaving-vendor";
import { vendorFixture } from "@/server/testing/vendor-fixture";
import type { CoinTickerRow } from "../capabilities";
import { createProviders } from "../registry";
import { BITHUMB } from "./bithumb-vendor";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8");
// As on the day after the fixtures' times, whenever the test runs.
const on = new Date("2026-11-21T00:00:00Z").getTime() - Date.now();
const providers = ({ url, deps }: VendorUnderTest) => createProviders({ ...vendorFixture("bithumb", { url, deps: { ...deps, now: () => new Date(deps.now().getTime() + on) } }), vendors: [BITHUMB] });
const [markets, board] = [fixture("markets.json"), fixture("board.json")];
const bodyFor = ({ url }: Pick<SeenRequest, "url">, inPlaceOfBoard = board) => (url.startsWith("/v1/market/all") ? markets : inPlaceOfBoard);
const wrongBoard = (body: string) => ({ body: (request: SeenRequest) => bodyFor(request, body), outcome: "UPSTREAM_INVALID" as const });

itSurvivesAMisbehavingVendor("Bithumb board", {
  answer: (request) => ({ body: bodyFor(request) }),
  call: (vendor) => providers(vendor).of("bithumb", "coinBoard")!.fetchCoinBoard({ quoteCurrency: "KRW" }),
  expectGood: (result) => expect((result as CoinTickerRow[]).map(({ market, price }) => [market, price])).toEqual([["KRW-BTC", 142_100_000], ["KRW-RRRR", 2.1]]),
  secrets: [],
  drifted: { "an empty list": "[]", "no data": '{"status":"0000"}' },
  wrong: {
    "an error with a good status": wrongBoard('{"status":"5600","message":"try later"}'),
    "prices as numbers": wrongBoard(board.replace('"142100000"', "142100000")),
    "a field renamed": wrongBoard(board.replaceAll("closing_price", "last_price")),
    "a number with a comma": wrongBoard(board.replace('"142100000"', '"142,100,000"')),
    "no time": wrongBoard(board.replace(/,\s*"date": "\d+"/, "")),
    "a time of tomorrow": wrongBoard(board.replace("17951940", "17952940")),
    "coins of another currency": wrongBoard(board.replace('"BTC"', '"ETH"').replace('"RRRR"', '"SSSS"')),
    "no coin at all": wrongBoard('{"status":"0000","data":{"date":"1795194003500"}}'),
  },
});

describe("Bithumb", () => {
  it("gives some coins alone, without those that it does not have", async () => {
    const vendor = await startMisbehavingVendor();
    vendor.answers((request) => ({ body: bodyFor(request) }));
    const rows = await providers({ url: vendor.url, deps: systemFetchDeps }).source("coinBoard").fetchCoinBoard({ quoteCurrency: "KRW", coins: ["RRRR", "NONE"] });
    await vendor.close();
    expect(rows.map(({ coin }) => coin)).toEqual(["RRRR"]);
    expect(rows[0]!.provenance.url).toBe(`${vendor.url}/public/ticker/ALL_KRW`);
    await expect(providers({ url: "http://127.0.0.1:9", deps: systemFetchDeps }).source("coinBoard").fetchCoinBoard({ quoteCurrency: "USDT" })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });
});
