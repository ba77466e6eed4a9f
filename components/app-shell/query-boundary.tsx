"use client";

import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Component, Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { limitOf, LimitNote } from "../billing/limit-note";
import { ErrorState } from "../ui/error-state";
import { useErrorText } from "./error-text";
import { NotFoundMatches } from "./not-found-matches";
import { shownError } from "./wire-error";

type Props = {
  children: ReactNode;
  /** In the shape of what will stand there. */
  fallback: ReactNode;
  /** One line, for a cell or a strip. */
  compact?: boolean;
};

/** Around each part of a page that reads data: skeleton while it loads; on failure what happened, and a retry that a lost server gets by itself. */
export function QueryBoundary({ children, fallback, compact }: Props) {
  const [attempt, setAttempt] = useState(0);
  const countAttempt = useCallback(() => setAttempt((n) => n + 1), []);
  const forget = useCallback(() => setAttempt(0), []);
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Catch onReset={reset} renderError={(error, clear) => <QueryError error={error} attempt={attempt} compact={compact} onRetry={() => { countAttempt(); clear(); }} />}>
          <Suspense fallback={fallback}>
            {children}
            {attempt > 0 && <Succeeded onShown={forget} />}
          </Suspense>
        </Catch>
      )}
    </QueryErrorResetBoundary>
  );
}

/** Mounted only once the content beside it stands: then the next failure starts with the short wait again. */
function Succeeded({ onShown }: { onShown: () => void }) {
  useEffect(onShown, [onShown]);
  return null;
}

/** A failed query in the words of the person; a missing thing shows what was perhaps meant. */
export function QueryError({ error, attempt = 0, compact, onRetry }: { error: unknown; attempt?: number; compact?: boolean; onRetry: () => void }) {
  const t = useTranslations("ui.error");
  const errorText = useErrorText();
  const shown = shownError(error);
  const { code, lost, suggestions, requestId } = shown;
  const retry = useStable(onRetry);
  if (code === "NOT_FOUND") return <NotFoundMatches title={errorText(shown)} suggestions={suggestions} />;
  const limit = limitOf(shown);
  const title = code === "UNREACHABLE" ? t("unreachable") : lost ? t("database") : code === "INTERNAL" ? t("bug") : errorText(shown);
  return (
    <ErrorState title={title} onRetry={retry} auto={lost ? { attempt } : undefined} requestId={requestId} compact={compact}>
      {lost ? t("autoRetry") : limit && <LimitNote limit={limit} />}
    </ErrorState>
  );
}

// The countdown restarts when its callback changes; a parent that renders often must not keep it from reaching zero.
function useStable(callback: () => void): () => void {
  const latestRef = useRef(callback);
  useEffect(() => {
    latestRef.current = callback;
  }, [callback]);
  return useCallback(() => latestRef.current(), []);
}

type CatchProps = { children: ReactNode; onReset: () => void; renderError: (error: unknown, clear: () => void) => ReactNode };

/** React catches errors of a part in a class only. */
class Catch extends Component<CatchProps, { failed: boolean; error: unknown }> {
  override state = { failed: false, error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { failed: true, error };
  }

  private readonly clear = () => {
    this.props.onReset();
    this.setState({ failed: false, error: null });
  };

  override render() {
    return this.state.failed ? this.props.renderError(this.state.error, this.clear) : this.props.children;
  }
}
