import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { headlineTopics, namedPeople } from "@/server/domain/news/headline-topics";

const root = join(import.meta.dirname, "../..");
const sources = ["app", "components", "server", "inngest"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.test\.tsx?$/.test(file) && !/^server\/(testing|cli)\//.test(file));

/** Every regular expression that is written out in the code, with the first file that has it. */
function literals(): Map<string, { pattern: RegExp; file: string }> {
  const found = new Map<string, { pattern: RegExp; file: string }>();
  for (const file of [...sources, "proxy.ts"]) {
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf("/");
        if (!found.has(node.text)) found.set(node.text, { pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)), file });
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, false, file.endsWith("x") ? ts.ScriptKind.TSX : undefined));
  }
  return found;
}

/** What is repeated to make a pattern try again and again: common letters, its own, and its own words. */
function pumpsFor({ source }: RegExp): string[] {
  const own = source.replace(/\\[a-zA-Z]|[()[\]{}|?*+^$\\]/g, " ").split(/\s+/).filter((word) => word !== "" && word.length <= 12);
  return [...new Set(["a", "A", "0", " ", "-", ".", "/", "_", ",", "=", "<", '"', "\\", "\n", "é", "가", "a ", "a.", "a-", "a0", "a@", "0.", "./", ...own, ...own.flatMap((word) => [...word])])].slice(0, 60);
}

/** In small steps at first: what doubles with every letter is stopped after a second, not after hours. */
const LENGTHS = [16, 18, 20, 22, 24, 26, 28, 250, 1_000, 4_000];
const AT_MOST_MS = 200;

/** The longest that a pattern takes over a hostile text, the best of three looks at each; it stops at the first length that takes too long, before a worse one. */
function slowest(pattern: RegExp): { ms: number; text: string } {
  let worst = { ms: 0, text: "" };
  for (const length of LENGTHS) {
    for (const pump of pumpsFor(pattern)) {
      const repeated = pump.repeat(Math.ceil(length / pump.length));
      for (const text of [repeated, `${repeated}\u0001`, `x${repeated}!`]) {
        let ms = Infinity;
        for (let look = 0; look < 3 && ms > AT_MOST_MS; look += 1) {
          const startedAt = performance.now();
          text.replace(pattern, "");
          ms = Math.min(ms, performance.now() - startedAt);
        }
        if (ms > worst.ms) worst = { ms, text: `${length} letters of ${JSON.stringify(pump)}` };
        if (ms > AT_MOST_MS) return worst;
      }
    }
  }
  return worst;
}

/** Reading all the code takes seconds on a busy machine. */
const UNHURRIED_MS = 120_000;

describe("regular expressions", () => {
  let found: ReturnType<typeof literals>;
  beforeAll(() => void (found = literals()), UNHURRIED_MS);

  it("are found", () => expect(found.size).toBeGreaterThan(150));

  it("tells one that goes wrong", () => {
    expect(slowest(/^(a+)+$/).ms).toBeGreaterThan(AT_MOST_MS);
    expect(slowest(/^(\w+\s?)*$/).ms).toBeGreaterThan(AT_MOST_MS);
  }, UNHURRIED_MS);

  it("answer hostile text of thousands of letters at once", () => {
    const slow = [...found.values()].map(({ pattern, file }) => ({ file, pattern: String(pattern), ...slowest(pattern) })).filter(({ ms }) => ms > AT_MOST_MS);
    expect(slow).toEqual([]);
  }, UNHURRIED_MS);

  it("that are put together from words answer it as well", () => {
    for (const pump of ["a", " ", "crypto", "fed ", "profit ", "é", "0", "buys stake in "]) {
      const startedAt = performance.now();
      const text = pump.repeat(2_000);
      headlineTopics(text, true);
      namedPeople(text);
      expect(performance.now() - startedAt).toBeLessThan(5 * AT_MOST_MS);
    }
  });
});
