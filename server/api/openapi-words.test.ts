import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapiReference } from "./openapi-reference";

const wordsOf = (locale: string) => JSON.parse(readFileSync(join(import.meta.dirname, `../../components/app-shell/messages/${locale}/developers.json`), "utf8")) as { operations: Record<string, string>; groups: Record<string, string> };
const groups = openapiReference();
const ids = groups.flatMap(({ operations }) => operations.map(({ id }) => id)).sort();

describe("the page for developers", () => {
  it.each(["en", "ko"])("has words in %s for every operation and group, and for none that is gone", (locale) => {
    const words = wordsOf(locale);
    expect(Object.keys(words.operations).sort()).toEqual(ids);
    expect(Object.keys(words.groups).sort()).toEqual(groups.map(({ name }) => name).sort());
  });
});
