/**
 * Whether a browser page may open a socket here. Sockets are not bound by the same-origin policy, so the server compares: the page's host must
 * be the host the request was sent to (as the proxy in front saw it), on any port, or stand on the list. Programs that send no origin are no browsers.
 */
export function isOriginAllowed(headers: { origin?: string; host?: string; forwardedHost?: string }, allowed: readonly string[]): boolean {
  if (headers.origin === undefined) return true;
  if (!URL.canParse(headers.origin)) return false;
  const page = new URL(headers.origin);
  if (page.protocol !== "http:" && page.protocol !== "https:") return false;
  if (allowed.includes(page.origin)) return true;
  return [headers.host, headers.forwardedHost].some((host) => host !== undefined && URL.canParse(`http://${host}`) && new URL(`http://${host}`).hostname === page.hostname);
}
