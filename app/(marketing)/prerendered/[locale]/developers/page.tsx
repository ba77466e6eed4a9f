import type { Metadata } from "next";
import type { ReactNode } from "react";
import { getTranslations } from "next-intl/server";
import { useTranslations } from "next-intl";
import { PageMessages } from "@/components/app-shell/page-messages";
import { CodeBlock } from "@/components/developers/code-block";
import { CodeSamples } from "@/components/developers/code-samples";
import { ENVELOPE, QUICK_START, SIGNATURE_CHECK } from "@/components/developers/guide-samples";
import { GuideSection, GuideTable } from "@/components/developers/guide-section";
import { OperationCard } from "@/components/developers/operation-card";
import { TryKey } from "@/components/developers/try-key";
import { WebhookEvents } from "@/components/developers/webhook-events";
import { GUEST_REQUESTS_PER_HOUR, REQUESTS_PER_HOUR, REQUESTS_PER_MINUTE } from "@/server/domain/account/rate-limits";
import { openapiReference } from "@/server/api/openapi-reference";

const SECTIONS = ["start", "keys", "reference", "errors", "limits", "pages", "retries", "caching", "webhooks", "changes"] as const;
const STATUSES = ["400", "401", "402", "403", "404", "405", "406", "408", "409", "413", "415", "422", "429", "500", "503"] as const;
/** Newest first. */
const CHANGES = ["logins", "v1"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers");
  return { title: t("title"), description: t("lead") };
}

export default function DevelopersPage() {
  const t = useTranslations("developers");
  const groups = openapiReference();
  const code = (text: ReactNode) => <code className="rounded-sm bg-surface-2 px-1 font-mono text-[0.92em]">{text}</code>;
  const rich = (key: string) => t.rich(key, { c: code });
  const text = "max-w-[72ch] text-sm leading-6 text-muted";
  return (
    <PageMessages of={["developers"]}>
      <main id="main" tabIndex={-1} className="mx-auto grid max-w-[1440px] gap-8 px-4 py-6 focus-visible:outline-none md:px-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label={t("contents")} className="top-20 flex gap-1 self-start max-lg:overflow-x-auto max-lg:no-scrollbar max-lg:max-w-full lg:sticky lg:flex-col">
          {SECTIONS.map((section) => <a key={section} href={`#${section}`} className="flex-none rounded-md px-2.5 py-1.5 text-xs text-muted hover:bg-surface-2 hover:text-text max-md:py-2.5">{t(`${section}.title`)}</a>)}
          <a href="/api/v1/openapi.json" className="flex-none rounded-md px-2.5 py-1.5 font-mono text-xs text-accent hover:bg-surface-2 max-md:py-2.5">openapi.json</a>
        </nav>
        <div className="flex min-w-0 flex-col gap-10">
          <header className="flex flex-col gap-3">
            <h1 className="text-[1.75rem] leading-tight font-semibold tracking-tight">{t("title")}</h1>
            <p className="max-w-[72ch] text-base text-muted">{t("lead")}</p>
          </header>

          <GuideSection id="start" title={t("start.title")}>
            <p className={text}>{rich("start.text")}</p>
            <CodeSamples label={t("start.title")} samples={QUICK_START} />
            <p className={text}>{rich("start.envelope")}</p>
            <CodeBlock label={t("start.envelopeLabel")} text={ENVELOPE} />
            <p className={text}>{rich("start.figures")}</p>
          </GuideSection>

          <GuideSection id="keys" title={t("keys.title")}>
            <p className={text}>{rich("keys.text")}</p>
            <p className={text}>{rich("keys.browser")}</p>
            <p className={text}>{rich("keys.login")}</p>
            <GuideTable label={t("keys.scopes")} head={[t("keys.scope"), t("keys.allows")]} rows={(["read", "trade", "post", "admin"] as const).map((scope) => [scope, t(`keys.of.${scope}`)])} />
          </GuideSection>

          <GuideSection id="reference" title={t("reference.title")}>
            <p className={text}>{rich("reference.text")}</p>
            <TryKey>
              {groups.map(({ name, operations }) => (
                <section key={name} aria-labelledby={`group-${name}`} className="panel min-w-0 overflow-hidden">
                  <header className="flex min-h-11 flex-wrap items-center gap-x-3 border-b border-line px-4 py-2">
                    <h3 id={`group-${name}`} className="font-mono text-sm font-semibold">/{name}</h3>
                    <span className="text-xs text-muted">{t(`groups.${name}`)}</span>
                  </header>
                  {operations.map((operation) => <OperationCard key={operation.id} operation={operation} />)}
                </section>
              ))}
            </TryKey>
          </GuideSection>

          <GuideSection id="errors" title={t("errors.title")}>
            <p className={text}>{rich("errors.text")}</p>
            <GuideTable label={t("errors.title")} head={[t("errors.status"), t("errors.means")]} rows={STATUSES.map((status) => [<span key="status" className="flex flex-col gap-x-3 md:flex-row"><span className="num">{status}</span><span className="font-normal">{t(`errors.codes.${status}`)}</span></span>, rich(`errors.of.${status}`)])} />
          </GuideSection>

          <GuideSection id="limits" title={t("limits.title")}>
            <p className={text}>{rich("limits.text")}</p>
            <div className="grid gap-4 md:grid-cols-2">
              <GuideTable label={t("limits.perHour")} head={[t("limits.plan"), t("limits.perHour")]} rows={[[t("limits.guest"), t("limits.count", { count: GUEST_REQUESTS_PER_HOUR ?? 0 })], ...Object.entries(REQUESTS_PER_HOUR).map(([tier, limit]) => [tier.toLowerCase(), limit === null ? t("limits.none") : t("limits.count", { count: limit })])]} />
              <GuideTable label={t("limits.perMinute")} head={[t("limits.group"), t("limits.perMinute")]} rows={Object.entries(REQUESTS_PER_MINUTE).map(([group, limit]) => [group, t("limits.count", { count: limit })])} />
            </div>
          </GuideSection>

          <GuideSection id="pages" title={t("pages.title")}><p className={text}>{rich("pages.text")}</p></GuideSection>
          <GuideSection id="retries" title={t("retries.title")}><p className={text}>{rich("retries.text")}</p></GuideSection>
          <GuideSection id="caching" title={t("caching.title")}>
            <p className={text}>{rich("caching.text")}</p>
            <p className={text}>{rich("caching.fields")}</p>
            <p className={text}>{rich("caching.version")}</p>
          </GuideSection>

          <GuideSection id="webhooks" title={t("webhooks.title")}>
            <p className={text}>{rich("webhooks.text")}</p>
            <WebhookEvents />
            <p className={text}>{rich("webhooks.signature")}</p>
            <CodeSamples label={t("webhooks.check")} samples={SIGNATURE_CHECK} />
          </GuideSection>

          <GuideSection id="changes" title={t("changes.title")}>
            <p className={text}>{rich("changes.text")}</p>
            <GuideTable label={t("changes.title")} head={[t("changes.when"), t("changes.what")]} rows={CHANGES.map((change) => [t(`changes.of.${change}.when`), t(`changes.of.${change}.what`)])} />
          </GuideSection>
        </div>
      </main>
    </PageMessages>
  );
}
