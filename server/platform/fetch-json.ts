import type { z } from "zod";
import { AppError } from "@/server/domain/app-error";
import { fetchText, type FetchedText, type FetchOptions } from "./fetch-text";
import { redactor } from "./redaction";

/** Some vendors send JSON as text/plain or text/javascript. */
const JSON_TYPES = /\bjson\b|text\/plain|javascript|octet-stream/i;
const MOST_ISSUES = 3;

/**
 * Gets an address of a vendor as JSON of a schema.
 *
 * @throws AppError as `fetchText`, and UPSTREAM_INVALID when the body is cut off, no JSON, or of another shape than the schema's
 */
export async function fetchJson<S extends z.ZodType>(url: URL, schema: S, options: FetchOptions): Promise<z.infer<S>> {
  return parseFetchedJson(await fetchText(url, withJson(options)), schema, options);
}

export const withJson = (options: FetchOptions): FetchOptions => ({ contentTypes: JSON_TYPES, ...options, headers: { accept: "application/json", ...options.headers } });

/** The rest of `fetchJson` for what was fetched already. */
export function parseFetchedJson<S extends z.ZodType>(fetched: FetchedText, schema: S, { provider, secrets = [] }: Pick<FetchOptions, "provider" | "secrets">): z.infer<S> {
  const redact = redactor(secrets);
  const details = { provider, status: fetched.status, url: fetched.url };
  let value: unknown;
  try {
    value = JSON.parse(fetched.text);
  } catch {
    const cut = fetched.text.trimEnd().at(-1) !== "}" && fetched.text.trimEnd().at(-1) !== "]";
    throw new AppError("UPSTREAM_INVALID", `${provider}: ${cut ? "sent JSON that is cut off" : "sent no JSON"}`, { ...details, reason: cut ? "truncated" : "not-json", excerpt: redact(fetched.text.slice(0, 160)) });
  }
  return parseVendorShape(value, schema, { provider, secrets, details });
}

/** Holds a vendor's answer to the schema; whatever does not fit is the vendor's fault, never an empty result. */
export function parseVendorShape<S extends z.ZodType>(value: unknown, schema: S, { provider, secrets = [], details = {} }: { provider: string; secrets?: readonly string[]; details?: Record<string, unknown> }): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const redact = redactor(secrets);
  const issues = parsed.error.issues.slice(0, MOST_ISSUES).map(({ path, message }) => redact(`${path.join(".") || "answer"}: ${message}`));
  throw new AppError("UPSTREAM_INVALID", `${provider}: sent another shape than expected (${issues.join("; ")})`, { ...details, provider, reason: "schema", issues });
}
