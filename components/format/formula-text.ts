"use client";

import { useTranslations } from "next-intl";
import type { Formula } from "@/server/contracts/common";

/** The sentence that tells how a figure came about; the only place where a formula's code becomes words. */
export function useFormulaText(): (formula: Formula) => string {
  const t = useTranslations("formula");
  return ({ code, ...values }) => t(code, values);
}
