"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { TIERS, type Tier } from "@/server/domain/account/access";
import { LIMIT_GROUPS, type LimitGroup } from "@/server/domain/account/rate-limits";
import type { ToldError } from "../app-shell/wire-error";

/** What a refusal for a limit or a plan says of itself; null for every other error. */
type Limit = { kind: "minute" | "hour"; group: LimitGroup; allowed: number; seconds: number; next: Tier | null } | { kind: "tier"; tier: Tier };

const tierOf = (value: unknown): Tier | null => TIERS.find((tier) => tier === value) ?? null;

export function limitOf({ code, details }: Pick<ToldError, "code" | "details">): Limit | null {
  if (code === "TIER_REQUIRED") {
    const tier = tierOf(details.tier);
    return tier && { kind: "tier", tier };
  }
  const { limit, allowed, retryAfterSeconds, nextTier } = details;
  if (code !== "RATE_LIMITED" || typeof allowed !== "number" || typeof retryAfterSeconds !== "number") return null;
  const group = LIMIT_GROUPS.find((one) => one === details.group) ?? "other";
  return { kind: limit === "requests-per-hour" ? "hour" : "minute", group, allowed, seconds: retryAfterSeconds, next: tierOf(nextTier) };
}

/** Which limit was reached or which plan is needed, and where to get more. */
export function LimitNote({ limit }: { limit: Limit }) {
  const t = useTranslations("billing.limit");
  const tiers = useTranslations("billing.tiers");
  const groups = useTranslations("billing.groups");
  const more = limit.kind === "tier" ? null : limit.next;
  return (
    <p>
      {limit.kind === "tier" ? t("tier", { tier: tiers(limit.tier) }) : t(limit.kind, { allowed: limit.allowed, group: groups(limit.group), seconds: limit.seconds })}{" "}
      {more && <>{t("next", { tier: tiers(more) })} </>}
      {(more || limit.kind === "tier") && <Link href="/pricing" prefetch={false} className="text-accent underline underline-offset-2">{t("see")}</Link>}
    </p>
  );
}
