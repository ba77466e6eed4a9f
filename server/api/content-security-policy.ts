export type PolicyInput = {
  nonce: string;
  /** Host of the page as the browser named it, with its port. */
  host: string;
  /** Where the sidecar is when it is not on the page's own origin. */
  socketUrl?: string;
  development: boolean;
};

/**
 * The content security policy of one response. Scripts run only with its nonce, or when loaded by one that has it; nothing inline does.
 * Styles may be inline: React and the chart libraries set style attributes, which have no nonce.
 */
export function contentSecurityPolicy({ nonce, host, socketUrl, development }: PolicyInput): string {
  // Older browsers do not take a socket to the own host for 'self'.
  const sockets = /^[\w.:[\]-]+$/.test(host) ? [`ws://${host}`, `wss://${host}`] : [];
  const direct = socketUrl ? bothSchemes(new URL(socketUrl)) : [];
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    // React's development build rebuilds call stacks with eval.
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
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
