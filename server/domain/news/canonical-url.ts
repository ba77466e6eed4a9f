import { AppError } from "../app-error";

/** Parameters that say how a reader came, not what is read. */
const TRACKING = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|cmpid|cmp|ref|ref_src|referrer|source|feedtype|feedname|ftag|guccounter|guce_\w+|soc_\w+|sh|smid|smtyp|spm|ncid|mod|partner|rss|output)$/i;
const LONGEST_URL = 2_000;

/**
 * The one address of an article: https, host in lower case without "www." or "m.", no default port, fragment, credentials, tracking parameters or slash at the end;
 * the other parameters in order of their names. Two addresses of one article become equal; an http address is taken for its https twin.
 *
 * @throws AppError INVALID_INPUT when it is no http(s) address or longer than 2,000 characters
 *
 * Worked: "HTTP://www.Example.com:80/a/b/?utm_source=x&id=7#top" -> "https://example.com/a/b?id=7"
 */
export function canonicalUrl(text: string): string {
  const url = URL.canParse(text) && text.length <= LONGEST_URL ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname.includes(".")) throw new AppError("INVALID_INPUT", "The address of an article begins with http:// or https://", { field: "url" });
  const host = url.hostname.replace(/^(www|m|mobile|amp)\./, "");
  const port = url.port === "80" || url.port === "443" || url.port === "" ? "" : `:${url.port}`;
  const path = url.pathname.replace(/\/+$/, "").replace(/\/amp$/, "");
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name)).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const query = kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`;
  return `https://${host}${port}${path}${query}`;
}
