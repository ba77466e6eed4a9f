"use client";

import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { useMemo, type ReactNode } from "react";
import type { Messages } from "./load-messages";
import { mergeMessages } from "./pick-messages";

/** Lays more messages over those that are here already; a provider inside another would hide them. */
export function AddedMessages({ messages, children }: { messages: Messages; children: ReactNode }) {
  const given = useMessages() as Messages;
  const all = useMemo(() => mergeMessages(given, messages), [given, messages]);
  return <NextIntlClientProvider locale={useLocale()} messages={all}>{children}</NextIntlClientProvider>;
}
