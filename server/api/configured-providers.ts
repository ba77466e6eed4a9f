import { OAUTH_PROVIDERS, type OauthProvider } from "@/server/contracts/account";
import { readEnv } from "@/server/platform/env";

export type ProviderKeys = { clientId: string; clientSecret: string };

/** The keys of a provider, when the operator has set both. */
export function providerKeys(provider: OauthProvider): ProviderKeys | null {
  const env = readEnv();
  const [clientId, clientSecret] = {
    google: [env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET],
    apple: [env.APPLE_CLIENT_ID, env.APPLE_CLIENT_SECRET],
    github: [env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET],
  }[provider];
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}

/** The providers that people can sign in with here. */
export const configuredProviders = (): OauthProvider[] => OAUTH_PROVIDERS.filter((provider) => providerKeys(provider) !== null);
