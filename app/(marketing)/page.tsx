import { Activity, CircuitBoard, MessageSquareQuote, Network, Target, Zap, type LucideIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { Suspense } from "react";
import { GraphPreview } from "@/components/graph/graph-preview";
import { LandingGraph } from "@/components/app-shell/landing-graph";
import { Button } from "@/components/ui/button";
import { SkeletonBlock } from "@/components/ui/skeleton";
import { callApi } from "@/server/api/rsc";

const VERBS: readonly { id: "see" | "shake" | "read" | "state" | "scored"; icon: LucideIcon; href: string | null }[] = [
  { id: "see", icon: Network, href: "/dashboard" },
  { id: "shake", icon: Zap, href: "/scenarios" },
  { id: "read", icon: CircuitBoard, href: "/circuit" },
  { id: "state", icon: MessageSquareQuote, href: null },
  { id: "scored", icon: Target, href: null },
];

export default function LandingPage() {
  const t = useTranslations("landing");
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex max-w-[1440px] flex-col gap-6 px-4 py-6 focus-visible:outline-none md:px-8 lg:min-h-[calc(100dvh-52px)] lg:justify-between lg:py-6">
      <div className="grid items-center gap-8 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-5">
          <h1 className="text-[2rem] leading-[1.15] font-semibold tracking-tight text-balance">{t("title")}</h1>
          <p className="text-lg text-muted">{t("lead")}</p>
          <div className="flex flex-wrap gap-3">
            <Button asChild variant="primary" size="lg"><Link href="/dashboard">{t("open")}</Link></Button>
            <Button asChild size="lg"><Link href="/scenarios">{t("shakeNow")}</Link></Button>
          </div>
          <p className="border-l-2 border-line-strong pl-3 text-xs text-muted">{t("accounts")}</p>
          <p className="flex items-start gap-2 text-xs text-muted">
            <svg viewBox="0 0 8 8" aria-hidden="true" className="mt-1 size-2 text-simulated" fill="currentColor"><path d="M4 0 8 4 4 8 0 4z" /></svg>
            {t("simulated")}
          </p>
        </div>
        <Suspense fallback={<SkeletonBlock className="aspect-[860/552] w-full" />}>
          <StoredGraph />
        </Suspense>
      </div>
      <ul className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-2 lg:grid-cols-5">
        {VERBS.map(({ id, icon: Icon, href }) => {
          const body = (
            <>
              <Icon aria-hidden="true" strokeWidth={1.5} className={href ? "size-5 text-accent" : "size-5 text-faint"} />
              <h2 className="text-base font-semibold">{t(`verbs.${id}.title`)}</h2>
              <p className="text-xs text-muted">{t(`verbs.${id}.text`)}</p>
              {href === null && <p className="mt-auto text-2xs text-muted">{t("later")}</p>}
            </>
          );
          return (
            <li key={id} className="flex bg-surface-1 sm:last:col-span-2 lg:last:col-span-1">
              {href ? <Link href={href} className="focus-inset flex flex-1 flex-col gap-1.5 p-4 transition-colors hover:bg-surface-2">{body}</Link> : <div className="flex flex-1 flex-col gap-1.5 p-4">{body}</div>}
            </li>
          );
        })}
      </ul>
    </main>
  );
}

/** Drawn on the server from the stored graph; without a database the page stands without it. */
async function StoredGraph() {
  const api = await callApi();
  const graph = await api.graph.getGraph().catch(() => null);
  return graph && graph.nodes.length > 0 ? (
    <figure className="min-w-0">
      <GraphPreview>
        <LandingGraph graph={graph} />
      </GraphPreview>
      <Counted companies={graph.counts.nodes.company ?? 0} drivers={graph.counts.nodes.driver ?? 0} estimates={graph.connections.filter(({ basis }) => basis === "estimated").length} significant={graph.connections.filter(({ significant }) => significant === true).length} />
    </figure>
  ) : (
    <NoPreview />
  );
}

function Counted(counts: { companies: number; drivers: number; estimates: number; significant: number }) {
  const t = useTranslations("landing");
  const format = useFormatter();
  const shown = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, format.number(value)]));
  return <figcaption className="mt-3 text-center text-xs text-muted">{t("counted", shown)}</figcaption>;
}

function NoPreview() {
  const t = useTranslations("landing");
  return (
    <div className="panel grid aspect-[860/552] w-full place-items-center p-6 text-center text-sm text-muted">
      <p className="flex flex-col items-center gap-2"><Activity aria-hidden="true" className="size-6 text-faint" />{t("noGraph")}</p>
    </div>
  );
}
