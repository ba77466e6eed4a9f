import type { ProviderId } from "@/server/domain/account/provider-names";
import type { Env } from "./env";

/** What an operator has to set for a provider to sign people in: all of one of the lists. */
export const OAUTH_KEYS = {
  google: [["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"]],
  apple: [["APPLE_CLIENT_ID", "APPLE_CLIENT_SECRET"], ["APPLE_CLIENT_ID", "APPLE_TEAM_ID", "APPLE_KEY_ID", "APPLE_PRIVATE_KEY"]],
  github: [["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"]],
} as const satisfies Record<ProviderId, readonly (readonly (keyof Env)[])[]>;
