"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The secret of a mail's link. It stands behind the # so that no server and no log on the way sees it; null until the browser has told it. */
export function useLinkToken(): string | null {
  const hash = useSyncExternalStore(never, () => location.hash, () => "");
  return /^#token=([0-9A-Za-z]+)$/.exec(hash)?.[1] ?? null;
}
