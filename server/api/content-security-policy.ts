export type PolicyInput = {
  /** Which scripts run: those with the nonce of this response, or, in a page that is the same for everybody, exactly those with these hashes. */
  scripts: { nonce: string } | { hashes: readonly string[] };
  /** Host of the page as the browser named it, with its port. */
  host: string;
  /** Where the sidecar is when it is not on the page's own origin. */
  socketUrl?: string;
  development: boolean;
};

/**
 * The content security policy of one response. An inline script runs only with its nonce or a listed hash; files run from our own origin alone, or when loaded by a script with the nonce.
 * Styles may be inline: React and the chart libraries set style attributes, which have no nonce.
 */
export function contentSecurityPolicy({ scripts, host, socketUrl, development }: PolicyInput): string {
  // Older browsers do not take a socket to the own host for 'self'.
  const sockets = /^[\w.:[\]-]+$/.test(host) ? [`ws://${host}`, `wss://${host}`] : [];
  const direct = socketUrl ? bothSchemes(new URL(socketUrl)) : [];
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    // React's development build rebuilds call stacks with eval.
    "script-src": ["'self'", ...("nonce" in scripts ? [`'nonce-${scripts.nonce}'`, "'strict-dynamic'"] : scripts.hashes), ...(development ? ["'unsafe-eval'"] : [])],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'", ...sockets, ...direct],
    "worker-src": ["'self'", "blob:"],
    "manifest-src": ["'self'"],
    "frame-src": ["'none'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
  };
  return Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(" ")}`).join("; ");
}

/** Socket clients may ask by HTTP before they upgrade. */
const bothSchemes = ({ protocol, host }: URL) => (/^(https|wss):$/.test(protocol) ? [`https://${host}`, `wss://${host}`] : [`http://${host}`, `ws://${host}`]);
