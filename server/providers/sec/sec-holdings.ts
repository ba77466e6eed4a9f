import { Decimal } from "decimal.js";
import { z } from "zod";
import type { HoldingRow, VendorProvenance } from "../capabilities";
import { xmlTree } from "../xml-tree";

const wholeNumber = z.string().regex(/^\d+$/);
const amount = z.string().regex(/^\d+(\.\d+)?$/);

/** primary_doc.xml: the cover of a 13F. Its summary says how many rows and what sum the table has. */
export const secCover = z.object({
  edgarSubmission: z.object({
    headerData: z.object({ submissionType: z.string(), filerInfo: z.object({ filer: z.object({ credentials: z.object({ cik: z.string().regex(/^\d{1,10}$/) }) }) }) }),
    formData: z.object({
      coverPage: z.object({
        reportCalendarOrQuarter: z.string().regex(/^\d{2}-\d{2}-\d{4}$/), isAmendment: z.enum(["true", "false"]).optional(), amendmentInfo: z.object({ amendmentType: z.enum(["RESTATEMENT", "NEW HOLDINGS"]) }).optional(),
        filingManager: z.object({ name: z.string().min(1) }),
      }),
      summaryPage: z.object({ tableEntryTotal: wholeNumber, tableValueTotal: amount }),
    }),
  }),
});
export type SecCover = z.infer<typeof secCover>;

/** The information table of a 13F; its names come with and without a prefix. */
export const secHoldingTable = z.object({
  informationTable: z.object({
    infoTable: z
      .array(
        z.object({
          nameOfIssuer: z.string().min(1), titleOfClass: z.string(), cusip: z.string().regex(/^[0-9A-Za-z*@#]{8,9}$/), value: amount,
          shrsOrPrnAmt: z.object({ sshPrnamt: amount, sshPrnamtType: z.enum(["SH", "PRN"]) }), putCall: z.enum(["Put", "Call", "PUT", "CALL"]).optional(),
        }),
      )
      .min(1),
  }),
});
export type SecHolding = z.infer<typeof secHoldingTable>["informationTable"]["infoTable"][number];

export const readHoldings = xmlTree(["infoTable"]);
export const readCover = xmlTree([]);

/** YYYY-MM-DD of the cover's MM-DD-YYYY. */
export const coverDay = (told: string) => `${told.slice(6)}-${told.slice(0, 5)}`;

/** Whether the cover's summary is that of this table: it tells a table that was cut short, and a table of another filing. */
export function isWhole({ edgarSubmission: { formData } }: SecCover, holdings: readonly SecHolding[]): boolean {
  const { tableEntryTotal, tableValueTotal } = formData.summaryPage;
  return holdings.length === Number(tableEntryTotal) && Decimal.sum(0, ...holdings.map(({ value }) => value)).equals(tableValueTotal);
}

/** Since this day values are told in dollars, before it in thousands (Form 13F, as amended by Release 34-94880, effective January 3, 2023). */
const DOLLARS_SINCE = "2023-01-03";

/**
 * One row for each security: a manager reports a security once for each of its own managers and kinds of discretion, which makes no other
 * holding. Puts and calls stay apart, and so do shares and principal.
 */
export function toHoldings(holdings: readonly SecHolding[], { filedOn, provenance }: { filedOn: string; provenance: VendorProvenance }): HoldingRow[] {
  const unit = filedOn < DOLLARS_SINCE ? 1_000 : 1;
  const rows = new Map<string, HoldingRow>();
  for (const { nameOfIssuer, titleOfClass, cusip, value, shrsOrPrnAmt, putCall } of holdings) {
    const side = putCall ? (putCall.toUpperCase() as "PUT" | "CALL") : null;
    const key = [cusip.toUpperCase(), side, shrsOrPrnAmt.sshPrnamtType].join(" ");
    const before = rows.get(key);
    rows.set(key, {
      issuer: nameOfIssuer, titleOfClass, cusip: cusip.toUpperCase(), value: new Decimal(value).times(unit).plus(before?.value ?? 0).toFixed(), shares: new Decimal(shrsOrPrnAmt.sshPrnamt).plus(before?.shares ?? 0).toFixed(),
      shareKind: shrsOrPrnAmt.sshPrnamtType, putCall: side, provenance,
    });
  }
  return [...rows.values()];
}
