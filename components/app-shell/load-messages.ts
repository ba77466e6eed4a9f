import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Locale } from "./preferences";

export type Messages = { [key: string]: string | Messages };

const folder = (locale: Locale) => join(process.cwd(), "components", "app-shell", "messages", locale);

/** All files of a language's folder; `macro.json` becomes the namespace `macro`, so that a noun adds a file and nothing else. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const names = (await readdir(folder(locale))).filter((name) => name.endsWith(".json")).sort();
  const entries = await Promise.all(
    names.map(async (name) => [name.slice(0, -".json".length), JSON.parse(await readFile(join(folder(locale), name), "utf8")) as Messages] as const),
  );
  return Object.fromEntries(entries);
}
