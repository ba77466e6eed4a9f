"use client";

import { useTranslations } from "next-intl";

/** Name of a tranche as the engine numbers it: `fixed:3` is the fixed debt of the third year. */
export function useTrancheName(): (name: string) => string {
  const t = useTranslations("scenario.trancheNames");
  return (name) => {
    const [kind = "", year = ""] = name.split(":");
    return t.has(kind) ? t(kind, { year }) : name;
  };
}
