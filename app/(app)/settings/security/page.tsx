import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditList } from "@/components/account/audit-list";
import { AUDIT_PAGE } from "@/components/account/audit-page";
import { MfaPanel } from "@/components/account/mfa-panel";
import { PasswordPanel } from "@/components/account/password-panel";
import { ProviderList } from "@/components/account/provider-list";
import { SessionList } from "@/components/account/session-list";
import { nextPage } from "@/components/app-shell/next-page";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { Skeleton } from "@/components/ui/skeleton";
import { oauthProvider } from "@/server/contracts/account";
import { requirePerson } from "@/server/api/require-person";
import { Hydrate, prefetch, prefetchInfinite, trpc } from "@/server/api/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.settings.nav");
  return { title: t("security") };
}

type Search = Record<string, string | string[] | undefined>;

export default async function SecurityPage({ searchParams }: { searchParams: Promise<Search> }) {
  // What the way back from a provider brought.
  const { linked, error } = await searchParams;
  await requirePerson("/settings/security");
  prefetch(trpc.account.getSecurity.queryOptions());
  prefetch(trpc.account.listSessions.queryOptions());
  prefetch(trpc.account.listSignInWays.queryOptions());
  prefetchInfinite(trpc.account.listAudit.infiniteQueryOptions(AUDIT_PAGE, nextPage));
  return (
    <Hydrate>
      <div className="grid items-start gap-4 p-4 md:p-6 xl:grid-cols-2">
        <div className="grid gap-4">
          <QueryBoundary fallback={<Skeleton rows={4} />}><PasswordPanel /></QueryBoundary>
          <QueryBoundary fallback={<Skeleton rows={3} />}><MfaPanel /></QueryBoundary>
          <QueryBoundary fallback={<Skeleton rows={2} />}><ProviderList linked={oauthProvider.safeParse(linked).data ?? null} failed={typeof error === "string" ? error : null} /></QueryBoundary>
        </div>
        <div className="grid gap-4">
          <QueryBoundary fallback={<Skeleton rows={4} />}><SessionList /></QueryBoundary>
          <QueryBoundary fallback={<Skeleton rows={8} />}><AuditList /></QueryBoundary>
        </div>
      </div>
    </Hydrate>
  );
}
