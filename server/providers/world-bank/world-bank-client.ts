import { AppError } from "@/server/domain/app-error";
import type { Capabilities } from "../capabilities";
import { walkPages } from "../page-walk";
import type { VendorClient, VendorHttp } from "../vendor-client";
import { toCountryRows, worldBankPage, worldBankRefusal, type WorldBankObservation, type WorldBankPage } from "./world-bank-payload";

/** The API gives up to 32,767 rows at once; this keeps a page below a megabyte and a half. */
const PAGE = 5_000;
/** "The indicator was not found" and "The provided parameter value is not valid", as the API numbers them. */
const NO_SUCH = ["120", "175"];

export function createWorldBank({ client }: { client: VendorClient }): Pick<Capabilities, "countryMacro"> {
  return {
    countryMacro: {
      fetchCountryMacro: ({ indicator, countries, fromYear, toYear }, options) =>
        client.run("countryMacro", options, async (http) => {
          const path = `/v2/country/${countries.length === 0 ? "all" : countries.map(encodeURIComponent).join(";")}/indicator/${encodeURIComponent(indicator)}`;
          const at = (page?: number) => http.url("api", path, { format: "json", date: `${fromYear}:${toYear}`, per_page: PAGE, page });
          let updated: string | undefined;
          const rows = await walkPages<WorldBankObservation, number>({
            provider: client.id,
            first: 1,
            keyOf: ({ countryiso3code, country, date }) => `${countryiso3code || country.value} ${date}`,
            async page(number) {
              const [head, found] = await pageAt(http, at(number));
              if (head.page !== number) throw http.invalid("duplicate-page", "sent another page than it was asked for");
              updated = head.lastupdated ?? undefined;
              return { rows: found ?? [], next: number < head.pages ? number + 1 : null };
            },
          });
          checkRows(http, rows, { indicator, countries, fromYear, toYear });
          return toCountryRows(rows, http.provenance({ url: at(), asOf: updated }));
        }),
    },
  };
}

async function pageAt(http: VendorHttp, url: URL): Promise<WorldBankPage> {
  const answer = await http.json(url, worldBankRefusal.or(worldBankPage));
  if (answer.length === 2) return answer;
  const [{ message }] = answer;
  if (message.some(({ id }) => NO_SUCH.includes(id))) throw new AppError("NOT_FOUND", "world-bank: has no such indicator or country", { provider: "world-bank" });
  throw http.invalid("refused", `refuses: ${message[0]!.value}`);
}

function checkRows(http: VendorHttp, rows: readonly WorldBankObservation[], { indicator, countries, fromYear, toYear }: { indicator: string; countries: readonly string[]; fromYear: number; toYear: number }): void {
  const asked = new Set(countries.map((country) => country.toUpperCase()));
  for (const row of rows) {
    if (row.indicator.id.toUpperCase() !== indicator.toUpperCase()) throw http.invalid("indicator", `sent another indicator than ${indicator}`);
    if (asked.size > 0 && !asked.has(row.countryiso3code)) throw http.invalid("country", `sent a country that was not asked for (${row.countryiso3code})`);
    if (Number(row.date) < fromYear || Number(row.date) > toYear) throw http.invalid("year", `sent a year that was not asked for (${row.date})`);
  }
}
