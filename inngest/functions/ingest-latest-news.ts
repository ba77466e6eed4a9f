import { ingestCtx } from "@/server/runtime";
import { ingestNews } from "@/server/services/ingestion/ingest-news";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

const DAY_MS = 86_400_000;

/** Every quarter of an hour, and once a night over the last three days for what vendors published late: asks each vendor that has news. One that fails stops no other. */
export const ingestLatestNews = inngest.createFunction(
  { id: "ingest-latest-news", triggers: [{ cron: "TZ=UTC */15 * * * *" }, { cron: "TZ=UTC 0 4 * * *" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ event, step }) => {
    const isSweep = (event.data as { cron?: string }).cron?.includes("0 4 * * *") ?? false;
    const vendors = await step.run("vendors", () => ingestCtx().providers.vendorsWith("news"));
    const outcomes = await Promise.allSettled(
      vendors.map((vendor) =>
        step.run(`news of ${vendor}`, () => {
          const ctx = ingestCtx();
          return orStopRetrying(ingestNews(ctx, { vendor, ...(isSweep ? { from: new Date(ctx.now().getTime() - 3 * DAY_MS).toISOString() } : {}) }));
        }),
      ),
    );
    return vendors.map((vendor, at) => {
      const outcome = outcomes[at]!;
      return outcome.status === "fulfilled" ? { vendor, received: outcome.value.received, changed: outcome.value.changed, rejected: outcome.value.rejected } : { vendor, failed: String(outcome.reason).slice(0, 200) };
    });
  },
);
