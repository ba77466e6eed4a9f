import type { ReferenceOperation } from "@/server/contracts/api-reference";

/** The address and body of a call with the fields as they were typed; fields left empty are not sent. */
export function tryRequest({ method, path, fields }: ReferenceOperation, typed: Record<string, string>, body: string): { url: string; body: string | undefined } {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(typed[name] ?? ""));
  const query = new URLSearchParams(fields.flatMap((field) => (field.in === "query" && typed[field.name] ? [[field.name, typed[field.name]!]] : [])));
  return { url: `/api/v1${filled}${query.size > 0 ? `?${query}` : ""}`, body: method === "GET" || method === "DELETE" ? undefined : body };
}

/** An example's value as a person would type it. */
export const typedOf = (value: unknown): string => (Array.isArray(value) ? value.join(",") : value === undefined ? "" : String(value));
