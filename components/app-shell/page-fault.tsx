"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { ErrorState } from "../ui/error-state";

/** A fault that no part of a page caught: what happened, and the way to try again. */
export function PageFault({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations("ui.error");
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <div className="grid min-h-[60dvh] place-items-center">
      <h1 className="sr-only">{t("bug")}</h1>
      <ErrorState title={t("bug")} onRetry={retry} requestId={error.digest} />
    </div>
  );
}
