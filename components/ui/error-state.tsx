"use client";

import { CloudOff, RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

const FIRST_WAIT_S = 3;
const LONGEST_WAIT_S = 20;

type Props = {
  title: string;
  /** What happened. */
  children?: ReactNode;
  onRetry?: () => void;
  /** Tries again by itself, each time after a longer wait; `attempt` counts the tries so far. */
  auto?: { attempt: number };
  /** Shown small, to be quoted when asking for help. */
  requestId?: string | null;
  /** Sentence about what became of the person's work; "nothing was lost" unless told otherwise. */
  lost?: string;
  compact?: boolean;
  className?: string;
};

/** What happened, whether anything was lost, and the way to try again. */
export function ErrorState({ title, children, onRetry, auto, requestId, lost, compact = false, className }: Props) {
  const t = useTranslations("ui.error");
  const Icon = auto ? CloudOff : TriangleAlert;
  return (
    <div role="alert" className={classNames("flex text-sm", compact ? "flex-wrap items-center gap-2 p-2 text-xs" : "flex-col items-center justify-center gap-2 px-6 py-12 text-center", className)}>
      <Icon aria-hidden="true" strokeWidth={1.5} className={classNames("text-warn", compact ? "size-4" : "size-6")} />
      <p className={compact ? "font-medium" : "text-base font-semibold"}>{title}</p>
      {!compact && children && <div className="max-w-md text-muted">{children}</div>}
      {!compact && <p className="text-muted">{lost ?? t("nothingLost")}</p>}
      {onRetry && (
        <Button onClick={onRetry} className={compact ? "" : "mt-2"}>
          <RotateCw aria-hidden="true" />
          {t("retry")}
        </Button>
      )}
      {auto && onRetry && <Countdown key={auto.attempt} attempt={auto.attempt} onZero={onRetry} />}
      {!compact && requestId && <p className="font-mono text-2xs text-faint">{t("requestId", { id: requestId })}</p>}
    </div>
  );
}

function Countdown({ attempt, onZero }: { attempt: number; onZero: () => void }) {
  const t = useTranslations("ui.error");
  const [left, setLeft] = useState(() => Math.min(FIRST_WAIT_S * 2 ** attempt, LONGEST_WAIT_S));
  useEffect(() => {
    if (left <= 0) {
      onZero();
      return;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left, onZero]);
  // Not announced each second: the alert has said that a retry follows.
  return <p aria-live="off" className="text-xs text-muted">{left > 0 ? t("retryIn", { seconds: left }) : t("retrying")}</p>;
}
