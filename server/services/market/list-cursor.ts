import { AppError } from "@/server/domain/app-error";

/** Where a list goes on: after this sort key and id, in this order of this list. */
export type ListCursor = { list: string; key: string | number | null; id: string };

/** Cursors are opaque to callers; `list` ties one to the sort and filter it was made for. */
export const encodeCursor = ({ list, key, id }: ListCursor): string => Buffer.from(JSON.stringify([list, key, id]), "utf8").toString("base64url");

export function decodeCursor(cursor: string, list: string): ListCursor {
  const wrong = () => new AppError("INVALID_INPUT", "This cursor is not one of this list; start again without it", { field: "cursor" });
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw wrong();
  }
  if (!Array.isArray(parsed) || parsed.length !== 3) throw wrong();
  const [madeFor, key, id] = parsed as unknown[];
  const keyFits = key === null || typeof key === "string" || (typeof key === "number" && Number.isFinite(key));
  if (madeFor !== list || !keyFits || typeof id !== "string") throw wrong();
  return { list, key, id };
}
