/** What is to be known of a stored statement, as codes; the sentences stand in the messages (`market.statementNotes`). A code without values stands in this list. */
export const PLAIN_STATEMENT_NOTES = ["fourthQuarter", "publicExtract", "publicQuarterlyTable", "capexFromFreeCashFlow"] as const;

export type StatementNote =
  | { code: (typeof PLAIN_STATEMENT_NOTES)[number] }
  /** Non-controlling interests: this much of assets less liabilities belongs to others. */
  | { code: "otherEquity"; millions: number }
  /** Words that came with an imported file, as they are. */
  | { code: "told"; text: string };

export const STATEMENT_NOTE_CODES = [...PLAIN_STATEMENT_NOTES, "otherEquity", "told"] as const satisfies readonly StatementNote["code"][];

/** Notes as they are stored in one column; null for none. */
export const statementNoteText = (notes: readonly StatementNote[]): string | null => (notes.length === 0 ? null : JSON.stringify(notes));
