import { describe, expect, it } from "vitest";
import { loadMessages, type Messages } from "./load-messages";

const leaves = (messages: Messages, path = ""): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) => (typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`)));

/** Names in braces: `{count, plural, …}` asks for `count`. A capital begins the text of a branch (`other {Tax}`) and no name. */
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{\s*([a-z]\w*)\s*[,}]/g)].map((match) => match[1]))].sort();

describe("messages", () => {
  it("has the same sentences in every language", async () => {
    const [english, korean] = await Promise.all([loadMessages("en"), loadMessages("ko")]);
    const keys = (messages: Messages) => leaves(messages).map(([key]) => key).sort();
    expect(keys(korean)).toEqual(keys(english));
  });

  it("asks for the same values in every language", async () => {
    const [english, korean] = await Promise.all([loadMessages("en"), loadMessages("ko")]);
    const asked = (messages: Messages) => Object.fromEntries(leaves(messages).map(([key, text]) => [key, placeholders(text)]));
    expect(asked(korean)).toEqual(asked(english));
  });

  it("leaves no sentence empty", async () => {
    for (const locale of ["en", "ko"] as const) {
      const empty = leaves(await loadMessages(locale)).filter(([, text]) => text.trim() === "");
      expect(empty).toEqual([]);
    }
  });
});
