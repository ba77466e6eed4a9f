import type { ProviderKeyDto } from "@/server/contracts/admin";
import { readEnv, type Env } from "@/server/platform/env";

type Key = { id: string; /** All are needed. */ variables: readonly (keyof Env)[]; /** Where the operator gets them. */ from: string };

const KEYS: readonly Key[] = [
  { id: "smtp", variables: ["SMTP_URL"], from: "https://nodemailer.com/smtp/" },
  { id: "google", variables: ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"], from: "https://console.cloud.google.com/apis/credentials" },
  { id: "apple", variables: ["APPLE_CLIENT_ID", "APPLE_CLIENT_SECRET"], from: "https://developer.apple.com/account/resources/identifiers/list/serviceId" },
  { id: "github", variables: ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"], from: "https://github.com/settings/developers" },
  { id: "stripe", variables: ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_PRICE_PRO", "STRIPE_PRICE_PREMIUM", "STRIPE_PRICE_INSTITUTIONAL"], from: "https://dashboard.stripe.com/apikeys" },
  { id: "inngest", variables: ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"], from: "https://app.inngest.com/env/production/manage/keys" },
];

/** Which keys of others are set; never what they are. */
export function listProviderKeys(env: Env = readEnv()): { items: ProviderKeyDto[] } {
  return {
    items: KEYS.map(({ id, variables, from }) => {
      const told = variables.map((name) => ({ name, set: env[name] !== undefined }));
      return { id, from, variables: told, ready: told.every(({ set }) => set) };
    }),
  };
}
