import ipaddr from "ipaddr.js";

type Trust = { addressHeader?: string; trustedProxies: number };

/**
 * The address a request comes from, whole, as people read it in their list of sessions; empty when nothing trustworthy tells it.
 * Limits count the network of it (platform/client-network.ts).
 *
 * X-Forwarded-For is read from its right end, where the operator's own proxies write: what stands further left a caller may have made up.
 */
export function clientAddress(headers: Headers, { addressHeader, trustedProxies }: Trust): string {
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const told = trustedProxies > 0 ? forwarded.at(-trustedProxies) : addressHeader && headers.get(addressHeader);
  if (!told || !ipaddr.isValid(told)) return "";
  return ipaddr.process(told).toString();
}
