import type { ProviderKeyDto, VendorCapabilityDto } from "@/server/contracts/admin";
import { readEnv, type Env } from "@/server/platform/env";
import { OAUTH_KEYS } from "@/server/platform/oauth-keys";
import type { Providers } from "@/server/providers/capabilities";

type Key = { id: string; /** All of one list are needed. */ needs: readonly (readonly (keyof Env)[])[]; /** Where the operator gets them. */ from: string };

const KEYS: readonly Key[] = [
  { id: "smtp", needs: [["SMTP_URL"]], from: "https://nodemailer.com/smtp/" },
  { id: "google", needs: OAUTH_KEYS.google, from: "https://console.cloud.google.com/apis/credentials" },
  { id: "apple", needs: OAUTH_KEYS.apple, from: "https://developer.apple.com/account/resources/identifiers/list/serviceId" },
  { id: "github", needs: OAUTH_KEYS.github, from: "https://github.com/settings/developers" },
  { id: "stripe", needs: [["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_PRICE_PRO", "STRIPE_PRICE_PREMIUM", "STRIPE_PRICE_INSTITUTIONAL"]], from: "https://dashboard.stripe.com/apikeys" },
  { id: "inngest", needs: [["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"]], from: "https://app.inngest.com/env/production/manage/keys" },
];

/** Which keys of others are set, never what they are; and of each vendor of live data what it can do here and how it answered. */
export function listProviderKeys(providers: Pick<Providers, "status">, env: Env = readEnv()): { items: ProviderKeyDto[]; vendors: VendorCapabilityDto[] } {
  return {
    items: KEYS.map(({ id, needs, from }) => {
      const isSet = (name: keyof Env) => env[name] !== undefined;
      const variables = [...new Set(needs.flat())].map((name) => ({ name, set: isSet(name) }));
      return { id, from, variables, ready: needs.some((names) => names.every(isSet)) };
    }),
    vendors: providers.status().flatMap(({ vendor, name, signUpUrl: from, capabilities, budget: { callsLeft, dayLeft, dayLimit, pausedUntil } }) => capabilities.map((capability) => ({ ...capability, vendor, name, from, callsLeft, dayLeft, dayLimit, pausedUntil }))),
  };
}
