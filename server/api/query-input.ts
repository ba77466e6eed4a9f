import { z } from "zod";
import { AppError } from "@/server/domain/app-error";

type Shape = { type?: string | string[]; anyOf?: Shape[]; items?: Shape };

const typesOf = ({ type, anyOf }: Shape): string[] => [...[type ?? []].flat(), ...(anyOf ?? []).flatMap(typesOf)];
const itemsOf = (shape: Shape): Shape | undefined => shape.items ?? shape.anyOf?.find(({ items }) => items)?.items;

const known = new WeakMap<z.ZodObject, Record<string, Shape>>();

/** Worked out once for each schema: it costs more than all the rest of reading a query. */
function shapesOf(schema: z.ZodObject): Record<string, Shape> {
  let shapes = known.get(schema);
  if (!shapes) known.set(schema, (shapes = (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }).properties ?? {}) as Record<string, Shape>));
  return shapes;
}

/**
 * Reads the query of an address as the input of a procedure: numbers, booleans and lists (repeated, or with commas) by the schema, the rest as text.
 *
 * @throws AppError INVALID_INPUT for a name that the procedure does not know, or one that is given twice and is no list
 */
export function readQueryInput(schema: z.ZodObject | null, query: URLSearchParams): Record<string, unknown> {
  const shapes = schema ? shapesOf(schema) : {};
  const input: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (!shape) throw new AppError("INVALID_INPUT", `${name}: there is no such parameter`, { field: name, suggestions: Object.keys(shapes) });
    const given = query.getAll(name);
    const types = typesOf(shape);
    if (types.includes("array")) {
      const items = itemsOf(shape);
      input[name] = given.flatMap((text) => text.split(",")).filter((text) => text !== "").map((text) => readOne(text, items ? typesOf(items) : []));
    } else {
      if (given.length > 1) throw new AppError("INVALID_INPUT", `${name}: given ${given.length} times`, { field: name });
      input[name] = readOne(given[0]!, types);
    }
  }
  return input;
}

/** Leaves what is not of the type as it is: the schema then says what is wrong with it. */
function readOne(text: string, types: string[]): unknown {
  if (types.includes("number") || types.includes("integer")) return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
  if (types.includes("boolean")) return text === "true" ? true : text === "false" ? false : text;
  return text;
}
