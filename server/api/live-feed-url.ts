import { readEnv } from "@/server/platform/env";

/** Where the browser finds the sidecar when the page's own origin does not lead to it; null when it does. Read while running, so that a build serves any port. */
export const liveFeedUrl = (): string | null => readEnv().NEXT_PUBLIC_WS_URL ?? null;
