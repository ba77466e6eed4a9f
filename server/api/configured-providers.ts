import { OAUTH_PROVIDERS, type OauthProvider } from "@/server/contracts/account";
import { readEnv, type Env } from "@/server/platform/env";
import { OAUTH_KEYS } from "@/server/platform/oauth-keys";

/** The providers that people can sign in with here. */
export const configuredProviders = (env: Env = readEnv()): OauthProvider[] => OAUTH_PROVIDERS.filter((provider) => OAUTH_KEYS[provider].some((names) => names.every((name) => env[name] !== undefined)));
