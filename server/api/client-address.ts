import ipaddr from "ipaddr.js";

type Trust = { addressHeader?: string; trustedProxies: number };

/**
 * The address a request is counted under; empty when nothing trustworthy tells it.
 *
 * X-Forwarded-For is read from its right end, where the operator's own proxies write: what stands further left a caller may have made up.
 * IPv6 addresses are cut to their first 64 bits, because a single customer has all the rest.
 */
export function clientAddress(headers: Headers, { addressHeader, trustedProxies }: Trust): string {
  const forwarded = (headers.get("x-forwarded-for") ?? "").split(",").map((part) => part.trim());
  const told = trustedProxies > 0 ? forwarded.at(-trustedProxies) : addressHeader && headers.get(addressHeader);
  if (!told || !ipaddr.isValid(told)) return "";
  const address = ipaddr.process(told);
  if (address.kind() === "ipv4") return address.toString();
  const [network] = [ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`)];
  return `${network.toString()}/64`;
}
