import type { Env } from "./env";

/** The header in which `npm start` tells the address of the connection. */
export const PEER_ADDRESS_HEADER = "x-nexus-peer";

/**
 * What the operator is told when one caller cannot be told from another, so that all guests share one limit and one count of wrong passwords;
 * null where they can be. On one machine the connection's own address does, unless TLS ends at a proxy, which then is everybody.
 */
export function clientAddressWarning({ NODE_ENV, TRUSTED_PROXIES, CLIENT_ADDRESS_HEADER, NEXTAUTH_URL }: Pick<Env, "NODE_ENV" | "TRUSTED_PROXIES" | "CLIENT_ADDRESS_HEADER" | "NEXTAUTH_URL">): string | null {
  if (NODE_ENV !== "production" || TRUSTED_PROXIES > 0) return null;
  if (!CLIENT_ADDRESS_HEADER) return "Nothing says where callers come from: all guests share one limit, and strangers' wrong passwords one count. Set TRUSTED_PROXIES to the number of reverse proxies in front, or CLIENT_ADDRESS_HEADER to the header in which your host tells the address.";
  if (CLIENT_ADDRESS_HEADER === PEER_ADDRESS_HEADER && NEXTAUTH_URL.startsWith("https://")) return "NEXTAUTH_URL says that people come by https, hence through a proxy of yours, whose address would stand for all of them: guests would share one limit. Set TRUSTED_PROXIES=1 (or how many stand in front).";
  return null;
}
