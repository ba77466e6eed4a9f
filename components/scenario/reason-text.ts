"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { CompanyOutcome, Unavailable } from "@/server/contracts/scenario";

type ReasonText = { unavailable: (reason: Unavailable) => string; interest: (reason: NonNullable<CompanyOutcome["interestUnavailable"]>) => string };

/** Why a company has no outcome, or no change of interest, in words; the only place where those codes are. */
export function useReasonText(): ReasonText {
  const t = useTranslations("scenario");
  // One object for one language, so that tables may keep their columns.
  return useMemo(() => ({
    unavailable: ({ code, ...values }) => t("unavailable", { reason: t(`reasons.${code}`, values) }),
    interest: (reason) => t(`interestReasons.${reason}`),
  }), [t]);
}
