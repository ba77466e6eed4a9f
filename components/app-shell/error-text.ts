"use client";

import { useTranslations } from "next-intl";
import type { ToldError } from "./wire-error";

/**
 * The sentence of an error: by its reason, else by the field it names, else by its code. The only place where an error becomes words;
 * the message that came with it is English and for programs.
 */
export function useErrorText(): (error: ToldError) => string {
  const t = useTranslations("errors");
  const driverName = useTranslations("scenario.drivers");
  const unitName = useTranslations("scenario.units");
  const named = (key: string, value: unknown): string | number => {
    if (Array.isArray(value)) return value.map((one) => named(key, one)).join(", ");
    if (typeof value === "number") return value;
    const text = String(value);
    if (key === "driver" && driverName.has(text)) return driverName(text);
    return (key === "unit" || key === "units") && unitName.has(text) ? unitName(text) : text;
  };
  return ({ code, field, reason, details }) => {
    if (reason !== null && t.has(`scenario.${reason}`)) return t(`scenario.${reason}`, Object.fromEntries(Object.entries(details).map(([key, value]) => [key, named(key, value)])));
    if (reason !== null && t.has(`reasons.${reason}`)) return t(`reasons.${reason}`);
    // `shocks.2.size` is not a key of the messages; its reason has told it above.
    const byField = field === null || field.includes(".") ? null : `fields.${code}.${field}`;
    if (byField !== null && t.has(byField)) return t(byField);
    return t.has(`codes.${code}`) ? t(`codes.${code}`, { field: field ?? "none" }) : t("codes.INTERNAL");
  };
}
