import ipaddr from "ipaddr.js";

/**
 * The network that a caller's address is counted under: IPv6 is cut to its first 64 bits, because a single customer has all the rest.
 * Empty for what is no address; then all such callers are one.
 */
export function clientNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return "";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4" || parsed.range() === "loopback") return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}
