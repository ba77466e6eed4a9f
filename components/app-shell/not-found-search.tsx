"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { NotFoundMatches } from "./not-found-matches";
import { useTRPC } from "./trpc-client";

const LONGEST = 40;
const MATCHES = 6;

/** What was typed last in the address: `APLE` of /companies/APLE. */
function lastSegment(pathname: string): string {
  const segment = pathname.split("/").filter(Boolean).at(-1) ?? "";
  try {
    return decodeURIComponent(segment).slice(0, LONGEST);
  } catch {
    return segment.slice(0, LONGEST);
  }
}

/** The page for an address without content, with what lies near to what was typed. */
export function NotFoundSearch() {
  const t = useTranslations("shell.notFound");
  const query = lastSegment(usePathname());
  const trpc = useTRPC();
  const whole = useQuery(trpc.market.search.queryOptions({ query, limit: MATCHES }, { enabled: query !== "" }));
  // A slip of the pen is often in the last letters: what begins alike is offered when nothing matches the whole.
  const start = query.slice(0, Math.max(2, Math.ceil(query.length / 2)));
  const nothing = whole.data?.hits.length === 0 && start !== query;
  const alike = useQuery(trpc.market.search.queryOptions({ query: start, limit: MATCHES }, { enabled: nothing }));
  const hits = nothing ? (alike.data?.hits ?? []) : (whole.data?.hits ?? []);
  return (
    <div className="mx-auto max-w-2xl py-10">
      <h1 className="sr-only">{t("title")}</h1>
      <NotFoundMatches title={query ? t("titleFor", { query }) : t("title")} hits={hits} />
    </div>
  );
}
