const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ndash: "–", mdash: "—", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", hellip: "…", euro: "€" };

/** The entities that headlines have; others stay as they are. */
const decoded = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : " ";
  });

/** Text without markup, on one line, of this length at most; null when nothing is left. */
export function plainWords(markup: string | null | undefined, longest = 1_000): string | null {
  if (!markup) return null;
  const bare = markup.slice(0, longest * 20).replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, " ").replace(/<\/?[a-z!][^>]*>/gi, " ");
  const words = decoded(bare).replace(/\s+/g, " ").trim();
  if (words === "") return null;
  return words.length <= longest ? words : `${words.slice(0, longest - 1).trimEnd()}…`;
}

/** An address that a browser may open, whole; null for everything else, as scripts and bare words. */
export function webAddress(told: string | null | undefined, base?: string): string | null {
  if (!told || !URL.canParse(told.trim(), base)) return null;
  const url = new URL(told.trim(), base);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}
