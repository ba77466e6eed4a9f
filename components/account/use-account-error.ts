"use client";

import { useTranslations } from "next-intl";
import { AppError } from "@/server/domain/app-error";
import { useErrorText } from "../app-shell/error-text";
import { shownError, toldError } from "../app-shell/wire-error";

const BY_FIELD: Record<string, string> = { email: "EMAIL_INVALID", password: "PASSWORD_SHORT", newPassword: "PASSWORD_SHORT", handle: "HANDLE_INVALID", code: "CODE_REFUSED", token: "LINK_SPENT" };

/** The sentence of a refusal about accounts, by its reason or by the field it is about. */
export function useAccountError() {
  const t = useTranslations("account.reasons");
  const general = useErrorText();
  const ofReason = (reason: string): string => (t.has(reason) ? t(reason) : t("OAUTH"));
  const ofError = (error: unknown): string => {
    if (error instanceof AppError) return ofReason(toldError(error).reason ?? "");
    const shown = shownError(error);
    if (shown.lost) return t("UNAVAILABLE");
    if (shown.reason !== null && t.has(shown.reason)) return t(shown.reason);
    if (shown.code === "RATE_LIMITED") return t("RATE_LIMITED");
    if (shown.code === "INVALID_INPUT") return t(BY_FIELD[shown.field ?? ""] ?? "FIELD_INVALID");
    return general(shown);
  };
  return { ofReason, ofError, fieldOf: (error: unknown): string | null => shownError(error).field };
}
