import type { ErrorCode } from "@/server/domain/app-error";
import type { Capabilities, MacroRow } from "../capabilities";
import { notOffered } from "../not-offered";
import { walkPages } from "../page-walk";
import type { Query, VendorClient, VendorHttp } from "../vendor-client";
import { dollarSeriesOf, toFxRow } from "./fred-rates";
import { fredGraphRow, fredObservations, fredSeries, toMacroRows, toSeriesInfo, toVintageRows, type FredObservations } from "./fred-payload";

/** The most that FRED gives at once. */
const PAGE = 100_000;
/** Before the first vintage and after the last, as FRED writes them. */
const EVER = { realtime_start: "1776-07-04", realtime_end: "9999-12-31" };
const MAX_BYTES = 32 * 1024 * 1024;
/** Rates of a week come out on its Monday after, later where that is a holiday. */
const FX_LOOK_BACK_MS = 21 * 86_400_000;

/** With a key the API and its vintages; without one the public download of a series, which knows today's values alone. */
export function createFred({ client, apiKey }: { client: VendorClient; apiKey: string | undefined }): Pick<Capabilities, "macro" | "macroVintages" | "macroInfo" | "fx"> {
  const api = (http: VendorHttp, path: string, query: Query) => http.url("api", path, { ...query, api_key: apiKey, file_type: "json" });

  async function allPages(http: VendorHttp, query: Query): Promise<{ url: URL; found: FredObservations["observations"] }> {
    const at = (offset?: number) => api(http, "/fred/series/observations", { ...query, limit: PAGE, offset });
    const found = await walkPages({
      provider: client.id,
      keyOf: ({ date, realtime_start: since }) => `${date} ${since}`,
      async page(offset: number) {
        const { count, offset: sent, observations: rows } = await http.json(at(offset), fredObservations, { meaningOf, maxBytes: MAX_BYTES });
        if (sent !== offset) throw http.invalid("duplicate-page", "sent another page than it was asked for");
        return { rows, next: offset + rows.length < count ? offset + rows.length : null };
      },
      first: 0,
    });
    return { url: at(), found };
  }

  /** Today's values of a series, by the key's API or the public download. */
  async function valuesOf(http: VendorHttp, { seriesId, from, to }: { seriesId: string; from?: string; to?: string }): Promise<MacroRow[]> {
    if (apiKey !== undefined) {
      const { url, found } = await allPages(http, { series_id: seriesId, observation_start: from, observation_end: to });
      return toMacroRows(found, http.provenance({ url }));
    }
    const url = http.url("graph", "/graph/fredgraph.csv", { id: seriesId, cosd: from, coed: to });
    const rows = await http.csv(url, fredGraphRow, { meaningOf: (status) => (status === 404 ? "NOT_FOUND" : null), maxBytes: MAX_BYTES });
    // The column is named after the series: under another name stand another's figures.
    if (rows.some((row) => row.seriesId !== seriesId)) throw http.invalid("series", `sent another series than ${seriesId}`);
    return toMacroRows(rows, http.provenance({ url }));
  }

  return {
    macro: { fetchSeries: (query, options) => client.run("macro", options, (http) => valuesOf(http, query)) },
    fx: {
      async fetchFxRates({ base, quotes }, options) {
        const strange = quotes.find((quote) => dollarSeriesOf(base, quote) === null);
        if (strange !== undefined) throw notOffered(client.id, `has no rate of ${base} and ${strange}`);
        return client.run("fx", options, async (http) => {
          const from = new Date(http.now().getTime() - FX_LOOK_BACK_MS).toISOString().slice(0, 10);
          return Promise.all(quotes.map(async (quote) => {
            const series = dollarSeriesOf(base, quote)!;
            const newest = (await valuesOf(http, { seriesId: series.id, from })).at(-1);
            if (newest === undefined) throw http.invalid("stale", `has no ${series.id} since ${from}`);
            return toFxRow(newest, { base, quote, inverted: series.inverted, now: http.now() });
          }));
        });
      },
    },
    macroVintages: {
      fetchVintages: ({ seriesId, from, to, knownFrom, knownTo }, options) =>
        client.run("macroVintages", options, async (http) => {
          const known = { realtime_start: knownFrom ?? EVER.realtime_start, realtime_end: knownTo ?? EVER.realtime_end };
          const { url, found } = await allPages(http, { series_id: seriesId, observation_start: from, observation_end: to, ...known });
          return toVintageRows({ observations: found }, http.provenance({ url }));
        }),
    },
    macroInfo: {
      fetchSeriesInfo: ({ seriesId }, options) =>
        client.run("macroInfo", options, async (http) => {
          const url = api(http, "/fred/series", { series_id: seriesId });
          return toSeriesInfo(await http.json(url, fredSeries, { meaningOf }), http.provenance({ url }));
        }),
    },
  };
}

/** FRED answers 400 to a series that it does not have as well as to a key that it does not know. */
function meaningOf(status: number, body: string): ErrorCode | null {
  if (status !== 400) return null;
  if (/series does not exist/i.test(body)) return "NOT_FOUND";
  return /api_key/i.test(body) ? "UPSTREAM_UNAVAILABLE" : null;
}
