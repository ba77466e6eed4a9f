import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** Who may import whom; `type:` permits `import type` only. A layer may always import itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  "server/domain": [],
  "server/contracts": ["server/domain"],
  "server/platform": ["server/domain", "prisma/generated"],
  "server/providers": ["server/domain", "server/platform"],
  "server/services": ["server/domain", "server/contracts", "server/platform", "type:server/providers/capabilities", "type:prisma/generated"],
  "server/runtime": ["server/platform", "server/providers", "type:server/services/ctx", "inngest/inngest-client"],
  "server/api": ["server/domain", "server/contracts", "server/services", "server/platform", "server/runtime"],
  "server/realtime": ["server/domain", "server/contracts", "server/services", "server/platform", "server/runtime"],
  "server/runner": ["server/domain", "server/contracts", "server/platform", "server/runtime"],
  "server/cli": ["server/domain", "server/contracts", "server/platform", "server/services", "server/runtime", "server/api", "prisma"],
  "server/testing": ["server/domain", "server/contracts", "server/platform", "server/services", "server/runtime", "server/runner", "prisma", "type:server/providers/capabilities"],
  prisma: ["server/domain", "server/contracts", "server/platform", "server/services"],
  inngest: ["server/domain", "server/contracts", "server/services", "server/runtime"],
  components: ["server/domain", "server/contracts", "type:server/api/app-router"],
  app: ["components", "server/contracts", "server/api", "server/domain", "inngest"],
  e2e: ["server/testing", "server/contracts", "server/domain"],
};

/** npm packages the pure layers may use; every other layer is free. */
const MAY_USE: Record<string, readonly string[]> = {
  "server/domain": ["decimal.js"],
  "server/contracts": ["zod"],
};

const TOP_LEVEL = ["app", "server", "prisma", "components", "inngest", "public", "e2e", "deploy", "package.json", "package-lock.json", "next.config.mjs", "tsconfig.json", "README.md", "Dockerfile", "compose.yaml", "proxy.ts", "next-env.d.ts", "node_modules", "test-results", "playwright-report", "tsconfig.tsbuildinfo"];

const root = resolve(import.meta.dirname, "..");
const isTest = (file: string) => /\.(test|db\.test|spec)\.tsx?$/.test(file);

function filesBelow(folder: string): string[] {
  const at = join(root, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.startsWith("prisma/generated") && statSync(join(root, file)).isFile());
}

const files = ["app", "server", "components", "inngest", "prisma", "e2e"].flatMap(filesBelow).filter((file) => file !== "server/architecture.test.ts");

function layerOf(file: string): string | null {
  const stem = file.replace(/\.(ts|tsx|mjs)$/, "");
  return Object.keys(MAY_IMPORT).filter((layer) => stem === layer || file.startsWith(`${layer}/`)).sort((a, b) => b.length - a.length)[0] ?? null;
}

type Import = { target: string; typeOnly: boolean };

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/g)) {
    found.push({ target: match[2]!, typeOnly: Boolean(match[1]) });
  }
  for (const match of text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g)) found.push({ target: match[1]!, typeOnly: false });
  return found;
}

function resolveLocal(file: string, target: string): string | null {
  if (target.startsWith("@/")) return target.slice(2);
  if (target.startsWith(".")) return relative(root, resolve(root, dirname(file), target));
  return null;
}

function violations(file: string): string[] {
  const layer = layerOf(file);
  if (!layer) return [`${file}: stands in no layer`];
  return importsOf(file).flatMap(({ target, typeOnly }) => {
    const local = resolveLocal(file, target);
    if (local === null) {
      const allowed = MAY_USE[layer];
      const name = target.split("/").slice(0, target.startsWith("@") ? 2 : 1).join("/");
      return !allowed || isTest(file) || allowed.includes(name) ? [] : [`${file}: ${layer} may not use ${target}`];
    }
    const within = (prefix: string) => local === prefix || local.startsWith(`${prefix}/`);
    if (within(layer) || (isTest(file) && within("server/testing"))) return [];
    if (layer === "server/runtime" && within("server/services")) return typeOnly ? [] : [`${file}: type only: ${local}`];
    const rule = MAY_IMPORT[layer]!.some((entry) => (entry.startsWith("type:") ? typeOnly && within(entry.slice(5)) : within(entry)));
    return rule ? [] : [`${file}: ${layer} may not import ${local}`];
  });
}

describe("architecture", () => {
  it("imports point down only, as the table says", () => {
    expect(files.flatMap(violations)).toEqual([]);
  });

  it("keeps async, the clock and the environment out of the domain", () => {
    const impure = files.filter((file) => file.startsWith("server/domain/") && !isTest(file)).filter((file) => /\basync\b|\bawait\b|process\.env|Math\.random|Date\.now|new Date\(\)/.test(readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")));
    expect(impure).toEqual([]);
  });

  it("gives every file outside app its own base name", () => {
    const seen = new Map<string, string[]>();
    for (const file of files) {
      if (file.startsWith("app/") || isTest(file) || file.endsWith("index.ts")) continue;
      const name = basename(file, extname(file));
      seen.set(name, [...(seen.get(name) ?? []), file]);
    }
    expect([...seen.values()].filter((same) => same.length > 1)).toEqual([]);
  });

  it("names files in kebab-case and none of them utils, helpers or types", () => {
    const odd = files.filter((file) => !file.startsWith("app/")).filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(basename(file)) || /^(utils|helpers|types)\.tsx?$/.test(basename(file)));
    expect(odd).toEqual([]);
  });

  it("reads process.env in platform/env.ts only (and the command-line entry points that set it for their children)", () => {
    const readers = files.filter((file) => !isTest(file) && /process\.env/.test(readFileSync(join(root, file), "utf8")) && file !== "server/platform/env.ts" && !file.startsWith("server/cli/") && !file.startsWith("e2e/") && !file.startsWith("server/testing/"));
    expect(readers).toEqual([]);
  });

  it("keeps the top level as it is", () => {
    expect(readdirSync(root).filter((name) => !name.startsWith(".") && !TOP_LEVEL.includes(name))).toEqual([]);
  });
});
