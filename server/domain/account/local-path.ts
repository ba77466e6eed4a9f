const HERE = "http://here.invalid";

/**
 * A path of this app out of a text that anybody may have written into an address; what leads anywhere else gives the fallback.
 * Browsers read "//host" and "/\host" as another host and leave out tabs and line breaks, so the text is read as they do.
 */
export function localPathOf(text: string | null | undefined, fallback = "/dashboard"): string {
  if (!text || text.length > 2_000 || !text.startsWith("/")) return fallback;
  if (!URL.canParse(text, HERE)) return fallback;
  const url = new URL(text, HERE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin !== HERE || path.startsWith("//") ? fallback : path;
}
