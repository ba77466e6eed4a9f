import { OAUTH_PROVIDERS, type OauthProvider } from "@/server/contracts/account";
import { readEnv, type Env } from "@/server/platform/env";

/** What an operator has to set for a provider; of the lists, all of one. */
const NEEDED = {
  google: [["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"]],
  apple: [["APPLE_CLIENT_ID", "APPLE_CLIENT_SECRET"], ["APPLE_CLIENT_ID", "APPLE_TEAM_ID", "APPLE_KEY_ID", "APPLE_PRIVATE_KEY"]],
  github: [["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"]],
} as const satisfies Record<OauthProvider, readonly (readonly (keyof Env)[])[]>;

/** The providers that people can sign in with here. */
export const configuredProviders = (env: Env = readEnv()): OauthProvider[] => OAUTH_PROVIDERS.filter((provider) => NEEDED[provider].some((names) => names.every((name) => env[name] !== undefined)));
