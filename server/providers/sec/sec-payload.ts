import { z } from "zod";
import { vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import type { FilingRow, VendorProvenance } from "../capabilities";
import { usSymbol } from "../us-listing";
import { xmlTree } from "../xml-tree";

const ACCESSION = /^\d{10}-\d{2}-\d{6}$/;
const accession = z.string().regex(ACCESSION);
/** Empty text stands for "none". */
const emptyOr = <S extends z.ZodType>(schema: S) => z.literal("").or(schema);

/** /files/company_tickers.json: every listed filer, by a running number. */
export const secTickers = z.record(z.string().regex(/^\d+$/), z.object({ cik_str: z.int().positive(), ticker: z.string().min(1), title: z.string() }));

/** Ten digits, as the SEC's addresses want it. */
export const tenDigits = (cik: string | number) => String(cik).replace(/^CIK/i, "").padStart(10, "0");

/** The SEC writes share classes with a dash. */
export const secTicker = (symbol: string) => usSymbol(symbol.toUpperCase(), "-") ?? symbol.toUpperCase();

const columns = z
  .object({
    accessionNumber: z.array(accession), filingDate: z.array(z.iso.date()), reportDate: z.array(emptyOr(z.iso.date())), acceptanceDateTime: z.array(z.string()), form: z.array(z.string().min(1)), items: z.array(z.string()),
    primaryDocument: z.array(z.string()),
  })
  .refine((lists) => Object.values(lists).every(({ length }) => length === lists.accessionNumber.length), "columns of different lengths");
export type SecFilingColumns = z.infer<typeof columns>;

const cik = z.string().regex(/^\d{1,10}$/).transform(tenDigits);
const address = z.object({ street1: z.string().nullish(), city: z.string().nullish(), stateOrCountryDescription: z.string().nullish() });

/** data.sec.gov/submissions: who a filer is and its newest thousand filings as columns; older ones are files of their own. */
export const secSubmissions = z.object({
  cik, name: z.string().min(1), sicDescription: z.string().nullish(), tickers: z.array(z.string()), exchanges: z.array(z.string().nullable()), website: z.string().nullish(), addresses: z.object({ business: address.nullish() }).nullish(),
  filings: z.object({ recent: columns, files: z.array(z.object({ name: z.string().regex(/^CIK\d{10}-submissions-\d{3}\.json$/), filingFrom: z.iso.date(), filingTo: z.iso.date() })) }),
});
export type SecSubmissions = z.infer<typeof secSubmissions>;
export const secOlderFilings = columns;

const ARCHIVE = "https://www.sec.gov/Archives/edgar/data";
export const archivePath = (ofCik: string, ofAccession: string) => `${Number(ofCik)}/${ofAccession.replaceAll("-", "")}`;

export function toFilings(found: SecFilingColumns, { filer, provenance }: { filer: Pick<SecSubmissions, "cik" | "name">; provenance: VendorProvenance }): FilingRow[] {
  return found.accessionNumber.map((number, at) => {
    const primaryDocument = found.primaryDocument[at]! || null;
    const filedOn = found.filingDate[at]!;
    return {
      cik: filer.cik, company: filer.name, form: found.form[at]!, filedOn, acceptedAt: vendorInstant(found.acceptanceDateTime[at]!), reportDate: found.reportDate[at]! || null, accession: number, primaryDocument,
      documentUrl: primaryDocument ? `${ARCHIVE}/${archivePath(filer.cik, number)}/${primaryDocument}` : `${ARCHIVE}/${archivePath(filer.cik, number)}/${number}-index.htm`,
      items: found.items[at]!.split(",").map((item) => item.trim()).filter((item) => item !== ""),
      provenance: { ...provenance, asOf: filedOn, accession: number },
    };
  });
}

/** The Atom feed of what was filed by anybody. A filing stands in it once for each filer, issuer and reporting person. */
export const secCurrentFeed = z.object({
  feed: z.object({
    title: z.string().startsWith("Latest Filings"),
    entry: z
      .array(
        z.object({
          title: z.string().regex(/^.+ - .+ \(\d{10}\) \([A-Za-z ]+\)$/),
          summary: z.string().regex(/Filed:<\/b> \d{4}-\d{2}-\d{2} [\s\S]*AccNo:<\/b> \d{10}-\d{2}-\d{6}/),
          updated: z.iso.datetime({ offset: true }),
        }),
      )
      .default([]),
  }),
});
export const readSecFeed = xmlTree(["entry"]);

export function toCurrentFilings({ feed }: z.infer<typeof secCurrentFeed>, provenance: VendorProvenance): FilingRow[] {
  return feed.entry.map(({ title, summary, updated }) => {
    const [, form, company, filer] = /^(.+?) - (.+) \((\d{10})\) \([A-Za-z ]+\)$/.exec(title)!;
    const [, filedOn, number] = /Filed:<\/b> (\d{4}-\d{2}-\d{2}) [\s\S]*AccNo:<\/b> (\d{10}-\d{2}-\d{6})/.exec(summary)!;
    return {
      cik: filer!, company: company!, form: form!, filedOn: filedOn!, acceptedAt: vendorInstant(updated), reportDate: null, accession: number!, primaryDocument: null, documentUrl: `${ARCHIVE}/${archivePath(filer!, number!)}/${number}-index.htm`,
      items: [...summary.matchAll(/Item (\d\.\d{2}):/g)].map(([, item]) => item!), provenance: { ...provenance, asOf: filedOn!, accession: number! },
    };
  });
}

/** The files of a filing. */
export const secFilingIndex = z.object({ directory: z.object({ item: z.array(z.object({ name: z.string().min(1) })).min(1) }) });
