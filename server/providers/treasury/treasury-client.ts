import type { Capabilities, YieldRow } from "../capabilities";
import type { VendorClient } from "../vendor-client";
import { readTreasuryFeed, toYields, treasuryCurves } from "./treasury-payload";

const FEED = "/resource-center/data-chart-center/interest-rates/pages/xml";
/** The feed begins here. */
const FIRST_YEAR = 1990;

export function createTreasury({ client }: { client: VendorClient }): Pick<Capabilities, "yieldCurve"> {
  return {
    yieldCurve: {
      fetchYieldCurve: ({ from, to }, options) =>
        client.run("yieldCurve", options, async (http) => {
          const until = to ?? http.now().toISOString().slice(0, 10);
          const rows: YieldRow[] = [];
          for (let year = Math.max(FIRST_YEAR, Number(from.slice(0, 4))); year <= Number(until.slice(0, 4)); year++) {
            const url = http.url("home", FEED, { data: "daily_treasury_yield_curve", field_tdr_date_value: year });
            const feed = await http.xml(url, readTreasuryFeed, treasuryCurves);
            const found = toYields(feed, { now: http.now(), provenance: http.provenance({ url }) });
            if (found.some(({ date }) => !date.startsWith(`${year}-`))) throw http.invalid("year", `sent another year than ${year}`);
            // Every year that is over had some two hundred and fifty days; January's first may have none yet.
            if (found.length === 0 && year < http.now().getUTCFullYear()) throw http.invalid("empty-year", `sent no day of ${year}`);
            rows.push(...found);
          }
          return rows.filter(({ date }) => date >= from && date <= until);
        }),
    },
  };
}
