import type { AuthOptions } from "next-auth";
import AppleProvider from "next-auth/providers/apple";
import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type { OauthProvider } from "@/server/contracts/account";
import type { Env } from "@/server/platform/env";
import { appleClientSecret } from "./apple-client-secret";
import { configuredProviders } from "./configured-providers";

type Client = AuthOptions["providers"][number];


const discoveryOf = (issuer: string) => `${issuer}/.well-known/openid-configuration`;

/** GitHub's API, which an Enterprise Server has below its own address. */
export const githubApiUrl = ({ GITHUB_BASE_URL }: Pick<Env, "GITHUB_BASE_URL">): string => (GITHUB_BASE_URL === "https://github.com" ? "https://api.github.com" : `${GITHUB_BASE_URL}/api/v3`);

/**
 * The providers as next-auth wants them. An answer must bring the state that this browser was given and, for a code, the proof key;
 * an identity token the nonce besides: Apple does not say that it looks at the proof key.
 */
const CLIENTS: Record<OauthProvider, (env: Env, now: Date) => Client> = {
  google: (env) => GoogleProvider({ clientId: env.GOOGLE_CLIENT_ID!, clientSecret: env.GOOGLE_CLIENT_SECRET!, wellKnown: discoveryOf(env.GOOGLE_ISSUER), checks: ["pkce", "state", "nonce"] }),
  apple: (env, now) => AppleProvider({ clientId: env.APPLE_CLIENT_ID!, clientSecret: env.APPLE_CLIENT_SECRET ?? signedFor(env, now), wellKnown: discoveryOf(env.APPLE_ISSUER), checks: ["pkce", "state", "nonce"] }),
  github: (env) => {
    const base = `${env.GITHUB_BASE_URL}/login/oauth`;
    return GitHubProvider({
      clientId: env.GITHUB_CLIENT_ID!,
      clientSecret: env.GITHUB_CLIENT_SECRET!,
      issuer: base,
      authorization: `${base}/authorize`,
      token: `${base}/access_token`,
      // next-auth's own asks github.com for the address, whichever server this is.
      userinfo: { url: `${githubApiUrl(env)}/user`, request: ({ client, tokens }) => client.userinfo(tokens.access_token ?? "") },
      checks: ["pkce", "state"],
    });
  },
};

export const oauthClients = (env: Env, now: Date): Client[] => configuredProviders(env).map((provider) => CLIENTS[provider](env, now));

function signedFor(env: Env, now: Date): string {
  return appleClientSecret({ clientId: env.APPLE_CLIENT_ID!, teamId: env.APPLE_TEAM_ID!, keyId: env.APPLE_KEY_ID!, privateKey: env.APPLE_PRIVATE_KEY!, issuer: env.APPLE_ISSUER }, now);
}
