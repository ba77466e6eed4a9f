import { createHash } from "node:crypto";

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script/gi;
/** Anything else, such as JSON for search engines, is data that no browser runs. */
const RUNS = /^(|module|text\/javascript|application\/javascript)$/;

/** Sources of a content security policy for exactly the inline scripts of a page, in the order of the page, each once. */
export function inlineScriptHashes(html: string): string[] {
  const texts = [...html.matchAll(SCRIPT)]
    .filter(([, attributes = ""]) => !/\ssrc\s*=/i.test(attributes) && RUNS.test(/\stype\s*=\s*"?([^"\s>]*)/i.exec(attributes)?.[1]?.toLowerCase() ?? ""))
    .map(([, , text = ""]) => text);
  return [...new Set(texts)].map((text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`);
}
