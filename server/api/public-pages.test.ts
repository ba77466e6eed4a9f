import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { prerenderedPages } from "./prerendered-page";
import { PUBLIC_PAGES, isInternalPage, publicPageAt, publicPageCacheControl } from "./public-pages";

const root = join(import.meta.dirname, "../..");
const folder = (name: string) => join(root, "app/(marketing)", name);
const pagesIn = (name: string) =>
  readdirSync(folder(name), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("page.tsx"))
    .map((file) => `/${dirname(file) === "." ? "" : dirname(file).split(sep).join("/")}`)
    .sort();

describe("public pages", () => {
  it("are listed, and each has its twin that is made per request", () => {
    const listed = [...PUBLIC_PAGES].sort();
    expect(pagesIn("prerendered/[locale]")).toEqual(listed);
    expect(pagesIn("per-request")).toEqual(listed);
  });

  it("have one body: the twin only names the page", () => {
    for (const page of PUBLIC_PAGES) {
      const twin = join(folder("per-request"), page, "page.tsx");
      const goal = join(folder("prerendered/[locale]"), page, "page");
      expect(readFileSync(twin, "utf8").trim()).toMatch(new RegExp(`^export \\{ [\\w, ]*\\bdefault\\b[\\w, ]* \\} from "(${relative(dirname(twin), goal).replace(/[[\]().]/g, "\\$&")})";$`));
    }
  });

  it("are found at their address alone, and not where they are kept", () => {
    expect(publicPageAt("/")).toBe("/");
    expect(publicPageAt("/dashboard")).toBeNull();
    expect(publicPageAt("/prerendered/en")).toBeNull();
    for (const path of ["/prerendered", "/prerendered/en", "/prerendered/ko/pricing", "/per-request", "/per-request/pricing"]) expect(isInternalPage(path)).toBe(true);
    for (const path of ["/", "/prerendered-list", "/companies/prerendered"]) expect(isInternalPage(path)).toBe(false);
  });

  it("stay out of shared caches when the reader brings a cookie", () => {
    expect(publicPageCacheControl({ cookies: false })).toMatch(/^public, max-age=0, s-maxage=\d+, stale-while-revalidate=\d+$/);
    expect(publicPageCacheControl({ cookies: true })).toBe("private, no-cache");
  });
});

describe("prerenderedPages", () => {
  const build = mkdtempSync(join(tmpdir(), "nexus-alpha-pages-"));
  afterAll(() => rmSync(build, { recursive: true, force: true }));
  // The build folder is named below the project.
  const find = () => prerenderedPages(relative(process.cwd(), build));

  it("gives the place and the scripts of a page, and reads it once", () => {
    const file = join(build, "server/app/prerendered/ko.html");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "<script>alert(1)</script>");
    const page = find();
    const first = page("/", "ko");
    expect(first).toMatchObject({ path: "/prerendered/ko", etag: expect.stringMatching(/^W\/"[\w-]{22}"$/), scriptHashes: ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"] });
    rmSync(file);
    expect(existsSync(file)).toBe(false);
    expect(page("/", "ko")).toBe(first);
  });

  it("has none where the build cannot be read", () => {
    expect(find()("/", "en")).toBeNull();
  });
});
