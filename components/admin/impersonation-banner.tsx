"use client";

import { useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../app-shell/trpc-client";
import { loadAnew } from "../account/auth-client";
import { Button } from "../ui/button";
import { useHydrated } from "../ui/use-hydrated";
import { stopImpersonating } from "./impersonation-client";

/** Says on every page that an admin looks with somebody's eyes, and leads back. */
export function ImpersonationBanner() {
  const t = useTranslations("shell.account");
  const hydrated = useHydrated();
  const { data: me } = useQuery(useTRPC().account.getMe.queryOptions(undefined, { enabled: hydrated }));
  const [busy, setBusy] = useState(false);
  if (!me?.impersonated) return null;
  const stop = async () => {
    setBusy(true);
    await stopImpersonating().catch(() => undefined);
    loadAnew(`/admin/users/${me.id}`);
  };
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-warn bg-warn-soft px-4 py-1.5 text-xs text-warn md:px-6">
      <Eye aria-hidden="true" className="size-4" />
      <p className="min-w-0 flex-1 font-medium">{t("lookingAs", { who: me.email ?? `@${me.handle}` })}</p>
      <Button disabled={busy} onClick={() => void stop()}>{t("stopLooking")}</Button>
    </div>
  );
}
