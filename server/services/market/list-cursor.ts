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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const wrongPlace = () => new AppError("INVALID_INPUT", "This cursor is not one of this list; start again without it", { field: "cursor" });

/** The id in a cursor of a list of rows with UUIDs: what is none would be the database's fault to find, and so look like ours. */
export function uuidOfCursor(id: string): string {
  if (!UUID.test(id)) throw wrongPlace();
  return id;
}

/** The place of a list in the order of time, of rows with UUIDs. Years that no row has, and the database may not know, are refused as well. */
export function decodeTimeCursor(cursor: string, list: string): { at: Date; id: string } {
  const { key, id } = decodeCursor(cursor, list);
  const at = new Date(typeof key === "string" ? key : Number.NaN);
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1970 || at.getUTCFullYear() > 9999) throw wrongPlace();
  return { at, id: uuidOfCursor(id) };
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
