import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { VendorProvenance } from "../capabilities";
import { fredGraphRow, fredObservations, fredSeries, toMacroRows, toSeriesInfo, toVintageRows } from "./fred-payload";

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, "__fixtures__", name), "utf8"));
const provenance: VendorProvenance = { provider: "fred", asOf: "2026-11-21T00:00:00.000Z", url: null, accession: null };

describe("FRED payloads", () => {
  it("leaves out a date without a value: not published is no row, never zero", () => {
    const rows = toMacroRows(fredObservations.parse(read("observations.json")).observations, provenance);
    expect(rows.map(({ date, value }) => [date, value])).toEqual([["2019-01-01", 4], ["2019-03-01", 3.8], ["2019-04-01", -0.25]]);
  });

  it("says of each vintage since when it was public", () => {
    expect(toVintageRows(fredObservations.parse(read("vintages.json")), provenance)[1]).toEqual({ date: "2020-01-01", value: 18977.363, knownAt: "2020-05-28", provenance: { ...provenance, asOf: "2020-05-28" } });
  });

  it("reads the time of the last change in the zone that FRED writes", () => {
    expect(toSeriesInfo(fredSeries.parse(read("series.json")), provenance)).toMatchObject({ updatedAt: "2026-11-06T13:44:03.000Z", provenance: { asOf: "2026-11-06T13:44:03.000Z" } });
  });

  it("reads a row of the download under both names of its date, and refuses what is no row", () => {
    expect(fredGraphRow.parse({ observation_date: "2016-03-11", DEXKOUS: "1184.5600" })).toEqual({ seriesId: "DEXKOUS", date: "2016-03-11", value: "1184.5600" });
    expect(fredGraphRow.parse({ DATE: "2016-03-14", DEXKOUS: "." }).value).toBe(".");
    for (const row of [{ DATE: "2016-03-11" }, { DATE: "11.3.2016", A: "1" }, { DATE: "2016-03-11", A: "1,184" }, { DATE: "2016-03-11", A: "NaN" }, { DATE: "2016-03-11", A: "1e3" }]) expect(fredGraphRow.safeParse(row).success).toBe(false);
  });

  it("refuses a malformed answer", () => {
    expect(fredObservations.safeParse({ count: 1, offset: 0, limit: 1, observations: [{ realtime_start: "2026-11-20", date: "2019-01-01", value: null }] }).success).toBe(false);
  });
});
