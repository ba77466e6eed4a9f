"use client";

import { useLocale, useTranslations } from "next-intl";
import type { StatementNoteDto } from "@/server/contracts/market";
import { moneyText } from "@/components/format/number-text";

/** What is to be known of a statement, in words; null when there is nothing. The only place where those codes are. */
export function useStatementNoteText(): (notes: readonly StatementNoteDto[]) => string | null {
  const t = useTranslations("market.statementNotes");
  const locale = useLocale();
  const sentence = (note: StatementNoteDto): string => {
    if (note.code === "told") return note.text;
    return note.code === "otherEquity" ? t(note.code, { amount: moneyText(locale, note.millions * 1e6, { currency: "USD", abbreviate: true }) }) : t(note.code);
  };
  return (notes) => (notes.length === 0 ? null : notes.map(sentence).join(" "));
}
