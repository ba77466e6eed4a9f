"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "./button";

type Props = { shown: number; total?: number | null; hasMore: boolean; loading: boolean; /** The last page could not be had; those before it stay. */ failed?: boolean; onLoad: () => void };

/** The end of a list that goes on: how much is shown, and the next page. */
export function LoadMore({ shown, total = null, hasMore, loading, failed = false, onLoad }: Props) {
  const t = useTranslations("ui.more");
  return (
    <div className="flex flex-wrap items-center justify-center gap-3 px-4 py-3 text-xs text-muted">
      <p role="status">{failed ? t("failed") : total === null ? t("shown", { shown }) : t("shownOf", { shown, total })}</p>
      {hasMore && (
        <Button onClick={onLoad} disabled={loading}>
          {loading && <LoaderCircle aria-hidden="true" className="animate-spin" />}
          {loading ? t("loading") : failed ? t("retry") : t("load")}
        </Button>
      )}
    </div>
  );
}
