import { readFileSync } from "node:fs";
import { join } from "node:path";
import { etagOf } from "./entity-tag";
import { inlineScriptHashes } from "./inline-script-hashes";
import { PRERENDERED, type PublicPage } from "./public-pages";

export type PrerenderedPage = {
  /** Where Next has it. */
  path: string;
  html: Buffer<ArrayBuffer>;
  etag: string;
  /** Of exactly the scripts in it, for its content security policy. */
  scriptHashes: readonly string[];
};

/** Finds the prerendered pages of one build. A page of a build never changes, so each is read once; one that cannot be read, as where only functions are deployed, is null. */
export function prerenderedPages(distDir: string): (page: PublicPage, locale: string) => PrerenderedPage | null {
  const known = new Map<string, PrerenderedPage | null>();
  return (page, locale) => {
    const path = `${PRERENDERED}/${locale}${page === "/" ? "" : page}`;
    const found = known.get(path);
    if (found !== undefined) return found;
    const html = contentOf(join(/* turbopackIgnore: true */ process.cwd(), distDir, "server", "app", `${path}.html`));
    const read = html && { path, html, etag: etagOf(html), scriptHashes: inlineScriptHashes(html.toString("utf8")) };
    known.set(path, read);
    return read;
  };
}

function contentOf(file: string): Buffer<ArrayBuffer> | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
