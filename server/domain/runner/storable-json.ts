/** A NUL and half a surrogate pair are valid in JSON and refused by PostgreSQL's jsonb; JSON.stringify writes both as escapes. */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** JSON text that jsonb takes: characters that it refuses become U+FFFD, so that one odd step result cannot block the queue. */
export const storableJson = (value: unknown): string => (JSON.stringify(value ?? null) ?? "null").replace(UNSTORABLE, "$1\\ufffd");
