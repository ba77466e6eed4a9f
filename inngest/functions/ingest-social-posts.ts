import { ingestCtx, systemCtx } from "@/server/runtime";
import { SOCIAL_NETWORKS } from "@/server/contracts/social";
import { ingestSocial } from "@/server/services/ingestion/ingest-social";
import { tellWatchers } from "@/server/services/social/tell-watchers";
import { inngest } from "../inngest-client";
import { orStopRetrying } from "../or-stop-retrying";

/** Every ten minutes: posts of watched accounts from the networks whose token is set, then those who watch are told of what moves. */
export const ingestSocialPosts = inngest.createFunction(
  { id: "ingest-social-posts", triggers: [{ cron: "TZ=UTC 3-59/10 * * * *" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) => {
    const networks = await step.run("networks", () => SOCIAL_NETWORKS.filter((network) => ingestCtx().providers.of(network, "social") !== null));
    const outcomes = await Promise.allSettled(networks.map((network) => step.run(`posts of ${network}`, () => orStopRetrying(ingestSocial(ingestCtx(), { network })))));
    const told = await step.run("tell watchers", () => tellWatchers(systemCtx()));
    return {
      told,
      networks: networks.map((network, at) => {
        const outcome = outcomes[at]!;
        return outcome.status === "fulfilled" ? { network, received: outcome.value?.received ?? 0, changed: outcome.value?.changed ?? 0, moved: outcome.value?.moved ?? 0 } : { network, failed: String(outcome.reason).slice(0, 200) };
      }),
    };
  },
);
