import { expect, it } from "vitest";
import { fmpEconomic, toFmpEconomic } from "./fmp-payload";

const event = { date: "2026-11-20 13:30:00", country: "US", event: "CPI", previous: 0, estimate: null, actual: null, impact: "None" };
const provenance = { provider: "fmp" as const, asOf: "2026-11-21T00:00:00.000Z", url: null, accession: null };

it("keeps a figure of nought, and leaves out what is of no country", () => {
  expect(toFmpEconomic(fmpEconomic.parse([event, { ...event, country: null }]), provenance)).toMatchObject([{ previous: "0", importance: null, unit: null }]);
});

it("refuses a malformed answer", () => expect(fmpEconomic.safeParse([{ ...event, date: "2026-13-20 13:30:00" }]).success).toBe(false));
