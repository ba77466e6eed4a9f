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

type PageRequest<T> = { list: string; cursor?: string | null; limit: number; keyOf: (item: T) => { key: string | number; id: string }; /** Of the key; ids always ascend. */ descending?: boolean };

/** The page of a list, sorted by its key and then its id, that comes after the cursor: found by comparing, so that what the cursor names may be gone. */
export function pageAfter<T>(sorted: readonly T[], { list, cursor, limit, keyOf, descending = false }: PageRequest<T>): { items: T[]; nextCursor: string | null } {
  const after = cursor ? decodeCursor(cursor, list) : null;
  const isLater = (item: T) => {
    if (after === null || after.key === null) return true;
    const { key, id } = keyOf(item);
    if (key !== after.key) return descending ? key < after.key : key > after.key;
    return id > after.id;
  };
  const rest = sorted.filter(isLater);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last !== undefined && rest.length > limit ? encodeCursor({ list, ...keyOf(last) }) : null };
}
