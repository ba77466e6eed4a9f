import { CircuitBoard, MessageSquareQuote, Network, Target, Zap, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { LandingPreview } from "@/components/app-shell/landing-preview";
import { PageMessages } from "@/components/app-shell/page-messages";
import { Button } from "@/components/ui/button";

const VERBS: readonly { id: "see" | "shake" | "read" | "state" | "scored"; icon: LucideIcon; href: string | null }[] = [
  { id: "see", icon: Network, href: "/dashboard" },
  { id: "shake", icon: Zap, href: "/scenarios" },
  { id: "read", icon: CircuitBoard, href: "/circuit" },
  { id: "state", icon: MessageSquareQuote, href: null },
  { id: "scored", icon: Target, href: null },
];

// The app has a document of its own, so that a link into it loads a whole page: nothing is fetched ahead.
export default function LandingPage() {
  const t = useTranslations("landing");
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex max-w-[1440px] flex-col gap-6 px-4 py-6 focus-visible:outline-none md:px-8 lg:min-h-[calc(100dvh-52px)] lg:justify-between lg:py-6">
      <div className="grid items-center gap-8 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-5">
          <h1 className="text-[2rem] leading-[1.15] font-semibold tracking-tight text-balance">{t("title")}</h1>
          <p className="text-lg text-muted">{t("lead")}</p>
          <div className="flex flex-wrap gap-3">
            <Button asChild variant="primary" size="lg"><Link href="/dashboard" prefetch={false}>{t("open")}</Link></Button>
            <Button asChild size="lg"><Link href="/scenarios" prefetch={false}>{t("shakeNow")}</Link></Button>
            <Button asChild variant="ghost" size="lg"><Link href="/register" prefetch={false}>{t("register")}</Link></Button>
          </div>
          <p className="border-l-2 border-line-strong pl-3 text-xs text-muted">{t("accounts")}</p>
          <p className="flex items-start gap-2 text-xs text-muted">
            <svg viewBox="0 0 8 8" aria-hidden="true" className="mt-1 size-2 text-simulated" fill="currentColor"><path d="M4 0 8 4 4 8 0 4z" /></svg>
            {t("simulated")}
          </p>
        </div>
        <PageMessages of={["graph", "landing"]}>
          <LandingPreview />
        </PageMessages>
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
              {href ? <Link href={href} prefetch={false} className="focus-inset flex flex-1 flex-col gap-1.5 p-4 transition-colors hover:bg-surface-2">{body}</Link> : <div className="flex flex-1 flex-col gap-1.5 p-4">{body}</div>}
            </li>
          );
        })}
      </ul>
    </main>
  );
}
