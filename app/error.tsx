"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { ErrorState } from "@/components/ui/error-state";

/** The last net below the pages: a fault that no part of the page caught. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations("ui.error");
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <h1 className="sr-only">{t("bug")}</h1>
      <ErrorState title={t("bug")} onRetry={retry} requestId={error.digest} />
    </main>
  );
}
