"use client";

import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { SearchHit } from "@/server/contracts/market";
import { EmptyState } from "../ui/empty-state";
import { useHitDetail } from "./use-hit-detail";

type Props = {
  title?: string;
  /** Tickers or codes that were perhaps meant; a ticker leads to its company. */
  suggestions?: readonly string[];
  /** Found by search, with their own address. */
  hits?: readonly SearchHit[];
};

/** A thing that does not exist, and those near to what was typed. */
export function NotFoundMatches({ title, suggestions = [], hits = [] }: Props) {
  const t = useTranslations("shell.notFound");
  const detailOf = useHitDetail();
  const links = [
    ...hits.map((hit) => ({ key: `${hit.href}-${hit.id}`, href: hit.href, label: hit.label, detail: detailOf(hit) })),
    ...suggestions.map((ticker) => ({ key: ticker, href: `/companies/${encodeURIComponent(ticker)}`, label: ticker, detail: "" })),
  ];
  return (
    <EmptyState icon={SearchX} title={title || t("title")} action={<Link href="/companies" className="text-accent underline underline-offset-4">{t("companies")}</Link>}>
      <p>{links.length > 0 ? t("near") : t("none")}</p>
      {links.length > 0 && (
        <ul className="mt-3 flex flex-wrap justify-center gap-2">
          {links.map(({ key, href, label, detail }) => (
            <li key={key}>
              <Link href={href} className="inline-flex min-h-8 items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-2.5 py-1 text-xs font-medium text-text hover:bg-surface-3 max-md:min-h-10">
                {label}
                {detail && <span className="font-normal text-muted">{detail}</span>}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </EmptyState>
  );
}
