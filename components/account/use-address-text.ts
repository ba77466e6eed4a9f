"use client";

import { useTranslations } from "next-intl";

const LOOPBACK = /^(::1|127(\.\d{1,3}){3})$/;

/** An address as a person reads it: the machine that the app itself runs on is named. */
export function useAddressText(): (address: string) => string {
  const t = useTranslations("account.security");
  return (address) => (LOOPBACK.test(address) ? t("thisMachine") : address);
}
