import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const sources = ["app", "components", "server", "inngest", "prisma/seed"]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
  .concat("proxy.ts", "next.config.mjs")
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith("server/testing/"));
const holding = (pattern: RegExp) => sources.filter((file) => pattern.test(readFileSync(join(root, file), "utf8")));

describe("code that attackers wish for", () => {
  it("runs no text, and writes none into a page as markup but the page's own first script", () => {
    // Redis runs scripts of our own, which are constants.
    expect(holding(/(?<!\bredis\.)\beval\(|new Function\(|\.innerHTML|insertAdjacentHTML|document\.write\(/)).toEqual([]);
    expect(holding(/dangerouslySetInnerHTML/)).toEqual(["components/app-shell/root-document.tsx"]);
    // Mails are shown in a frame that runs nothing.
    expect(holding(/srcDoc/)).toEqual(["components/admin/mail-preview.tsx"]);
    expect(holding(/srcDoc/)).toEqual(holding(/<iframe sandbox="" /));
  });

  it("puts no text into a query: where a query is text it is our own, with its values apart", () => {
    expect(holding(/Prisma\.raw\(/)).toEqual([]);
    // The columns of a statement are a list in the code.
    expect(holding(/\$executeRawUnsafe/)).toEqual(["server/services/ingestion/ingest-fundamentals.ts"]);
    expect(holding(/\$queryRawUnsafe/).sort()).toEqual(["server/services/ingestion/ingest-crypto-premium.ts", "server/services/ingestion/ingest-fundamentals.ts", "server/services/ingestion/ingest-news.ts"]);
  });

  it("never looks away from a certificate", () => {
    expect(holding(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/)).toEqual([]);
  });

  it("lets no input through with fields that nobody asked for", () => {
    expect(holding(/\.passthrough\(|looseObject\(|\.catchall\(/).filter((file) => file.startsWith("server/contracts/"))).toEqual([]);
  });
});
