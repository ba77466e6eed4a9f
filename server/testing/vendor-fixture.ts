import { readEnv, type Env } from "@/server/platform/env";
import type { FetchDeps } from "@/server/platform/fetch-text";
import { createLog } from "@/server/platform/log";
import { createMemoryRateLimiter, type RateLimiter } from "@/server/platform/rate-limiter";

/** What the registry takes besides its vendors: one vendor switched on, played by this machine, with these settings. */
export function vendorFixture(vendor: string, { url, deps, settings = {} }: { url: string; deps: FetchDeps; settings?: Record<string, string> }): { env: Env; limiter: RateLimiter; log: ReturnType<typeof createLog>; deps: FetchDeps } {
  return {
    env: readEnv({ NODE_ENV: "test", PROVIDERS: vendor, PROVIDER_BASE_URLS: `${vendor}=${url}`, ...settings }),
    limiter: createMemoryRateLimiter(),
    log: createLog("test", "silent"),
    deps,
  };
}
