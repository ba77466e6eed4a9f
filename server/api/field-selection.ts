import { AppError } from "@/server/domain/app-error";

type Tree = Map<string, Tree>;

const FIELDS_AT_MOST = 100;

/** Reads `fields=ticker,name,ratios.icr`; null when nothing is selected, hence everything is. */
export function readFieldSelection(text: string | null): Tree | null {
  if (text === null || text.trim() === "") return null;
  const paths = text.split(",").map((path) => path.trim());
  if (paths.length > FIELDS_AT_MOST || text.length > 4_000) throw new AppError("INVALID_INPUT", `fields: at most ${FIELDS_AT_MOST} fields`, { field: "fields" });
  const tree: Tree = new Map();
  for (const path of paths) {
    if (!/^\w+(\.\w+){0,5}$/.test(path)) throw new AppError("INVALID_INPUT", `fields: "${path.slice(0, 60)}" is no field`, { field: "fields" });
    let at = tree;
    for (const part of path.split(".")) {
      const next: Tree = at.get(part) ?? new Map();
      at.set(part, next);
      at = next;
    }
  }
  return tree;
}

/**
 * Keeps the selected fields of an object, of each item of a list, or of each item of a page (whose cursor stays).
 *
 * @throws AppError INVALID_INPUT naming a field that no item has
 */
export function selectFields(data: unknown, tree: Tree): unknown {
  const isPage = typeof data === "object" && data !== null && "items" in data && Array.isArray(data.items);
  return isPage ? { ...data, items: select(data.items, tree, "") } : select(data, tree, "");
}

function select(value: unknown, tree: Tree, above: string): unknown {
  if (tree.size === 0 || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => select(item, tree, above));
  if (typeof value !== "object") throw unknownField(above);
  return Object.fromEntries(
    [...tree].map(([name, below]) => {
      if (!Object.hasOwn(value as object, name)) throw unknownField(above + name);
      return [name, select((value as Record<string, unknown>)[name], below, `${above}${name}.`)];
    }),
  );
}

const unknownField = (path: string) => new AppError("INVALID_INPUT", `fields: there is no field ${path.replace(/\.$/, "")}`, { field: "fields" });
