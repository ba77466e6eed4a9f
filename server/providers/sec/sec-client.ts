import { AppError } from "@/server/domain/app-error";
import type { Capabilities, CallOptions, EarningsRow, FilingRow, HoldingReport, ProfileRow } from "../capabilities";
import { notOffered } from "../not-offered";
import type { VendorClient, VendorHttp } from "../vendor-client";
import { secCompanyFacts, type SecCompanyFacts } from "./sec-facts";
import { coverDay, isWhole, readCover, readHoldings, secCover, secHoldingTable, toHoldings, type SecCover, type SecHolding } from "./sec-holdings";
import { archivePath, readSecFeed, secCurrentFeed, secFilingIndex, secOlderFilings, secSubmissions, secTicker, secTickers, tenDigits, toCurrentFilings, toFilings, type SecSubmissions } from "./sec-payload";
import { toDebtMaturities, toStatements } from "./sec-statements";

type Sec = Pick<Capabilities, "statements" | "debtMaturities" | "filings" | "holdings" | "profile" | "earningsCalendar">;
type FilingQuery = { forms?: readonly string[]; from?: string; limit: number };

/** The facts of a large bank. */
const MAX_BYTES = 64 * 1024 * 1024;
const TICKERS_LAST_MS = 24 * 3_600_000;
/** What the feed of the newest filings gives at once. */
const FEED_COUNT = 100;
/** "Results of operations and financial condition": the press release with a quarter's results. */
const RESULTS_ITEM = "2.02";

const noSuch = (what: string) => new AppError("NOT_FOUND", `sec: has no ${what}`, { provider: "sec" });
const missing = { meaningOf: (status: number) => (status === 404 ? ("NOT_FOUND" as const) : null) };
/** Files of the archive answer with an XML page of the storage when they are not there. */
const gone = { meaningOf: (status: number, body: string) => (status === 404 || (status === 403 && body.includes("<Code>AccessDenied")) ? ("NOT_FOUND" as const) : null) };

/** Every call tells who calls, as the SEC asks. */
export function createSec({ client: unnamed, userAgent = "" }: { client: VendorClient; userAgent: string | undefined }): Sec {
  const client: Pick<VendorClient, "run"> = { run: (capability, options, work) => unnamed.run(capability, options, (http) => work(withName(http, userAgent))) };
  let tickers: { ciks: Map<string, string>; since: number } | null = null;

  async function cikOf(http: VendorHttp, { symbol, cik }: { symbol: string; cik: string | null }): Promise<string> {
    if (cik !== null) return tenDigits(cik);
    if (tickers === null || http.now().getTime() - tickers.since > TICKERS_LAST_MS) {
      const listed = Object.values(await http.json(http.url("www", "/files/company_tickers.json"), secTickers));
      if (listed.length === 0) throw http.invalid("empty", "lists no filer");
      tickers = { ciks: new Map(listed.map(({ ticker, cik_str: number }) => [secTicker(ticker), tenDigits(number)])), since: http.now().getTime() };
    }
    const found = tickers.ciks.get(secTicker(symbol));
    if (found === undefined) throw noSuch(`filer for ${symbol}`);
    return found;
  }

  async function factsOf(http: VendorHttp, query: { symbol: string; cik: string | null }): Promise<{ facts: SecCompanyFacts; url: URL }> {
    const cik = await cikOf(http, query);
    const url = http.url("data", `/api/xbrl/companyfacts/CIK${cik}.json`);
    const facts = await http.json(url, secCompanyFacts, { ...missing, maxBytes: MAX_BYTES });
    if (tenDigits(facts.cik) !== cik) throw http.invalid("cik", "sent another company's facts");
    return { facts, url };
  }

  return {
    statements: {
      fetchStatements: (query, options) =>
        client.run("statements", options, async (http) => {
          const { facts, url } = await factsOf(http, query);
          return toStatements(facts, http.provenance({ url }));
        }),
    },
    debtMaturities: {
      fetchDebtMaturities: (query, options) =>
        client.run("debtMaturities", options, async (http) => {
          const { facts, url } = await factsOf(http, query);
          return toDebtMaturities(facts, http.provenance({ url }));
        }),
    },
    filings: {
      fetchFilings: ({ cik, ...query }, options) => client.run("filings", options, (http) => (cik === undefined ? newestOfAll(http, query) : newestOf(http, tenDigits(cik), query))),
    },
    holdings: { fetchHoldings: (query, options) => client.run("holdings", options, (http) => holdingsOf(http, query)) },
    profile: {
      fetchProfile: ({ symbol }, options) => client.run("profile", options, async (http) => toProfile(await submissionsOf(http, await cikOf(http, { symbol, cik: null })), symbol, http)),
    },
    earningsCalendar: {
      async fetchEarnings({ from, to, symbol }, options?: CallOptions) {
        if (symbol === undefined) throw notOffered("sec", "tells the earnings dates of one company at a time");
        return client.run("earningsCalendar", options, async (http) => {
          const filings = await newestOf(http, await cikOf(http, { symbol, cik: null }), { forms: ["8-K"], from, limit: Number.POSITIVE_INFINITY });
          const rows = filings.filter(({ items }) => items.includes(RESULTS_ITEM)).map((filing) => toEarnings(symbol, filing));
          // Oldest first; of two filings about one day the first is the release.
          return [...new Map(rows.map((row) => [row.date, row])).values()].filter(({ date }) => date >= from && date <= to).toReversed();
        });
      },
    },
  };
}

function withName(http: VendorHttp, userAgent: string): VendorHttp {
  const headers = { "user-agent": userAgent };
  return { ...http, json: (url, schema, more) => http.json(url, schema, { ...more, headers }), xml: (url, read, schema, more) => http.xml(url, read, schema, { ...more, headers }) };
}

async function submissionsOf(http: VendorHttp, cik: string): Promise<SecSubmissions> {
  const found = await http.json(http.url("data", `/submissions/CIK${cik}.json`), secSubmissions, { ...missing, maxBytes: MAX_BYTES });
  if (found.cik !== cik) throw http.invalid("cik", "sent another filer's list");
  return found;
}

/** The newest filings of one filer; older files of the list are read only as far as needed. */
async function newestOf(http: VendorHttp, cik: string, { forms, from, limit }: FilingQuery): Promise<FilingRow[]> {
  const filer = await submissionsOf(http, cik);
  const wanted = ({ form, filedOn }: FilingRow) => (forms === undefined || forms.includes(form)) && (from === undefined || filedOn >= from);
  const provenance = http.provenance({ url: http.url("data", `/submissions/CIK${cik}.json`) });
  const found = new Map(toFilings(filer.filings.recent, { filer, provenance }).filter(wanted).map((row) => [row.accession, row]));
  for (const { name, filingTo } of filer.filings.files) {
    if (found.size >= limit || (from !== undefined && filingTo < from)) break;
    const older = await http.json(http.url("data", `/submissions/${name}`), secOlderFilings, { maxBytes: MAX_BYTES });
    for (const row of toFilings(older, { filer, provenance }).filter(wanted)) found.set(row.accession, row);
  }
  return newestFirst([...found.values()]).slice(0, limit);
}

/** The newest filings of everybody; of forms of several kinds, those among the last hundred of each. */
async function newestOfAll(http: VendorHttp, { forms, from, limit }: FilingQuery): Promise<FilingRow[]> {
  const found = new Map<string, FilingRow>();
  for (const form of forms ?? [undefined]) {
    const url = http.url("www", "/cgi-bin/browse-edgar", { action: "getcurrent", type: form, owner: "include", count: FEED_COUNT, output: "atom" });
    const feed = await http.xml(url, readSecFeed, secCurrentFeed);
    // `type` means "begins with": 4 is also 424B2.
    for (const row of toCurrentFilings(feed, http.provenance({ url }))) if (form === undefined || row.form === form) found.set(`${row.accession} ${row.cik}`, row);
  }
  return newestFirst([...found.values()]).filter(({ filedOn }) => from === undefined || filedOn >= from).slice(0, limit);
}

const newestFirst = (rows: FilingRow[]) => rows.toSorted((a, b) => (b.acceptedAt ?? b.filedOn).localeCompare(a.acceptedAt ?? a.filedOn) || b.accession.localeCompare(a.accession));

type Filed13f = { filing: FilingRow; cover: SecCover; holdings: SecHolding[] };

async function holdingsOf(http: VendorHttp, { managerCik, periodEnd }: { managerCik: string; periodEnd?: string }): Promise<HoldingReport> {
  const cik = tenDigits(managerCik);
  const filed = await newestOf(http, cik, { forms: ["13F-HR", "13F-HR/A"], limit: Number.POSITIVE_INFINITY, from: periodEnd ?? yearsBefore(http.now(), 2) });
  const period = periodEnd ?? filed.map(({ reportDate }) => reportDate ?? "").toSorted().at(-1);
  const ofPeriod = filed.filter(({ reportDate }) => reportDate === period).toReversed();
  if (!period || ofPeriod.length === 0) throw noSuch(`13F of ${cik}${period ? ` for ${period}` : ""}`);

  // An amendment either takes the place of what was filed, or adds holdings that were kept back.
  let standing: Filed13f[] = [];
  for (const filing of ofPeriod) {
    const read = await read13f(http, filing);
    const addsOnly = read.cover.edgarSubmission.formData.coverPage.amendmentInfo?.amendmentType === "NEW HOLDINGS";
    standing = addsOnly ? [...standing, read] : [read];
  }
  const last = standing.at(-1)!;
  return {
    managerCik: cik, manager: last.cover.edgarSubmission.formData.coverPage.filingManager.name, periodEnd: period, filedOn: last.filing.filedOn, accession: last.filing.accession,
    holdings: standing.flatMap(({ filing, holdings }) => toHoldings(holdings, { filedOn: filing.filedOn, provenance: { ...filing.provenance, asOf: period } })),
  };
}

async function read13f(http: VendorHttp, filing: FilingRow): Promise<Filed13f> {
  const folder = `/Archives/edgar/data/${archivePath(filing.cik, filing.accession)}`;
  const { directory } = await http.json(http.url("www", `${folder}/index.json`), secFilingIndex, gone);
  const tables = directory.item.map(({ name }) => name).filter((name) => name.toLowerCase().endsWith(".xml") && name !== "primary_doc.xml");
  if (tables.length !== 1) throw http.invalid("table", `has ${tables.length} information tables in ${filing.accession}`);
  const cover = await http.xml(http.url("www", `${folder}/primary_doc.xml`), readCover, secCover, gone);
  const { informationTable } = await http.xml(http.url("www", `${folder}/${encodeURIComponent(tables[0]!)}`), readHoldings, secHoldingTable, { ...gone, maxBytes: MAX_BYTES });
  const { headerData, formData } = cover.edgarSubmission;
  if (tenDigits(headerData.filerInfo.filer.credentials.cik) !== filing.cik || coverDay(formData.coverPage.reportCalendarOrQuarter) !== filing.reportDate) throw http.invalid("cover", `sent the cover of another filing than ${filing.accession}`);
  if (!isWhole(cover, informationTable.infoTable)) throw http.invalid("sum", `sent a table that is not the one its cover sums up (${filing.accession})`);
  return { filing, cover, holdings: informationTable.infoTable };
}

const yearsBefore = (now: Date, years: number) => `${now.getUTCFullYear() - years}${now.toISOString().slice(4, 10)}`;

function toProfile(filer: SecSubmissions, symbol: string, http: VendorHttp): ProfileRow {
  const at = filer.tickers.findIndex((ticker) => secTicker(ticker) === secTicker(symbol));
  if (at === -1) throw http.invalid("symbol", `sent a filer that is not ${symbol}`);
  const place = filer.addresses?.business;
  const place2 = [place?.city, place?.stateOrCountryDescription].filter(Boolean).join(", ");
  return {
    symbol, name: filer.name, exchange: filer.exchanges[at] ?? null, currency: null, country: null, sector: null, industry: filer.sicDescription || null, cik: filer.cik, website: filer.website || null, headquarters: place2 || null,
    founded: null, employees: null, description: null, marketCap: null, provenance: http.provenance({ url: http.url("data", `/submissions/CIK${filer.cik}.json`) }),
  };
}

const newYork = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York", dateStyle: "short", timeStyle: "medium" });

/** The day of the release; when in the day, where it was accepted on that day. The SEC tells neither estimates nor which quarter it was. */
function toEarnings(symbol: string, { reportDate, filedOn, acceptedAt, provenance }: FilingRow): EarningsRow {
  const date = reportDate ?? filedOn;
  const [day, time] = acceptedAt === null ? [] : newYork.format(new Date(acceptedAt)).split(" ");
  const when = day !== date || time === undefined ? null : time < "09:30:00" ? "before-open" : time >= "16:00:00" ? "after-close" : "during";
  return { symbol, date, when, fiscalYear: null, fiscalQuarter: null, epsEstimate: null, epsActual: null, revenueEstimate: null, revenueActual: null, currency: null, provenance };
}
