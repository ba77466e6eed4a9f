import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { SHELL_MESSAGES } from "./shell-messages";

const root = join(import.meta.dirname, "../..");
const entries = readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" })
  .map((file) => join(root, "app", file))
  .filter((file) => /^(page|layout|error|not-found|loading|template)\.tsx$/.test(basename(file)));

const texts = new Map<string, string>();
const textOf = (file: string) => texts.get(file) ?? texts.set(file, readFileSync(file, "utf8")).get(file)!;

function importsOf(file: string): string[] {
  const stated = textOf(file).matchAll(/(?:^|\n)\s*(?:import|export)\s+(?!type\s)(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g);
  return [...stated].flatMap(([, fixed, lazy]) => {
    const target = fixed ?? lazy ?? "";
    const base = target.startsWith("@/") ? join(root, target.slice(2)) : target.startsWith(".") ? join(dirname(file), target) : null;
    const found = base && [".tsx", ".ts", ""].map((ending) => base + ending).find((path) => existsSync(path) && statSync(path).isFile());
    return found ? [found] : [];
  });
}

/** Namespaces that the browser's part of an entry asks for: everything below a "use client", loaded at once or later. */
function neededBy(entry: string): string[] {
  const needed = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string, below: boolean) => {
    if (!/\.tsx?$/.test(file)) return;
    const client = below || /^\s*["']use client["']/.test(textOf(file));
    if (seen.has(`${client} ${file}`)) return;
    seen.add(`${client} ${file}`);
    if (client) for (const [, namespace] of textOf(file).matchAll(/\buseTranslations\(\s*(?:"([^"]*)")?/g)) needed.add(namespace ?? "");
    for (const target of importsOf(file)) visit(target, client);
  };
  visit(entry, false);
  return [...needed].sort();
}

const statedIn = (file: string): string[] =>
  [...textOf(file).matchAll(/<PageMessages\s+of=\{\[([^\]]*)\]\}/g)].flatMap(([, list = ""]) => [...list.matchAll(/"([^"]+)"/g)].map(([, path]) => path!));

/** What stands in the layouts above an entry, and in a twin in the page that it names. */
function givenTo(entry: string): string[] {
  const above: string[] = [];
  for (let folder = dirname(entry); folder.startsWith(join(root, "app")); folder = dirname(folder)) {
    const layout = join(folder, "layout.tsx");
    if (existsSync(layout) && layout !== entry) above.push(...statedIn(layout));
  }
  const named = /^export \{[^}]*\} from "([^"]+)";\s*$/.exec(textOf(entry))?.[1];
  return [...above, ...statedIn(entry), ...(named ? statedIn(`${join(dirname(entry), named)}.tsx`) : [])];
}

const covers = (paths: readonly string[], namespace: string) => paths.some((path) => namespace === path || namespace.startsWith(`${path}.`));
const name = (file: string) => relative(root, file);

describe("page messages", () => {
  it.each(entries.map((entry) => [name(entry), entry]))("%s sends its client components what they say", (_, entry) => {
    const given = [...SHELL_MESSAGES, ...givenTo(entry)];
    // What is missing here belongs in <PageMessages of={[…]}> around the page's content, or in that of its layout.
    expect(neededBy(entry).filter((namespace) => !covers(given, namespace))).toEqual([]);
  });

  it.each(entries.filter((entry) => statedIn(entry).length > 0).map((entry) => [name(entry), entry]))("%s sends nothing that none of them says", (_, entry) => {
    // A layout's messages may be for any page below it.
    const below = basename(entry) === "layout.tsx" ? entries.filter((other) => other.startsWith(dirname(entry))) : [entry];
    const needed = below.flatMap(neededBy);
    expect(statedIn(entry).filter((path) => !needed.some((namespace) => covers([path], namespace)))).toEqual([]);
  });
});
