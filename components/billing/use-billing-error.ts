"use client";

import { useTranslations } from "next-intl";
import { useErrorText } from "../app-shell/error-text";
import { shownError } from "../app-shell/wire-error";

/** The sentence of a refusal about plans and seats. */
export function useBillingError(): (error: unknown) => string {
  const t = useTranslations("billing.reasons");
  const general = useErrorText();
  return (error) => {
    const shown = shownError(error);
    if (shown.field === "stripe") return t("STRIPE");
    if (shown.reason !== null && t.has(shown.reason)) return t(shown.reason);
    return shown.code === "INVALID_INPUT" && shown.field === "email" ? t("EMAIL") : general(shown);
  };
}
