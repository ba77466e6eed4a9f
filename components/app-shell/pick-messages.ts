import type { Messages } from "./load-messages";

/** The parts of the messages at these paths: `market`, or `market.sectors` alone. */
export function pickMessages(messages: Messages, paths: readonly string[]): Messages {
  return paths.reduce((picked, path) => {
    const keys = path.split(".");
    const found = keys.reduce<Messages | string | undefined>((at, key) => (typeof at === "object" ? at[key] : undefined), messages);
    return found === undefined ? picked : mergeMessages(picked, keys.reduceRight<Messages | string>((inner, key) => ({ [key]: inner }), found) as Messages);
  }, {} as Messages);
}

/** Both together; where both have a sentence, the second's. */
export function mergeMessages(first: Messages, second: Messages): Messages {
  const merged = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const earlier = merged[key];
    merged[key] = typeof value === "object" && typeof earlier === "object" ? mergeMessages(earlier, value) : value;
  }
  return merged;
}
