import type { z } from "zod";
import { AppError } from "@/server/domain/app-error";
import { parseVendorShape } from "./fetch-json";
import { fetchText, type FetchedText, type FetchOptions } from "./fetch-text";

const XML_TYPES = /xml|text\/plain|octet-stream/i;

/** Reads XML into plain objects; adapters give the parser that suits their documents. It must resolve no entities besides the five of XML. */
export type XmlReader = (text: string) => unknown;

/**
 * Gets an address of a vendor as XML (also RSS and Atom) of a schema.
 *
 * @throws AppError as `fetchText`, and UPSTREAM_INVALID when the document defines entities, is cut off, or has another shape than the schema's
 */
export async function fetchXml<S extends z.ZodType>(url: URL, read: XmlReader, schema: S, options: FetchOptions): Promise<z.infer<S>> {
  return parseFetchedXml(await fetchText(url, withXml(options)), read, schema, options);
}

export const withXml = (options: FetchOptions): FetchOptions => ({ contentTypes: XML_TYPES, ...options, headers: { accept: "application/xml, application/rss+xml, application/atom+xml, text/xml", ...options.headers } });

/** The rest of `fetchXml` for what was fetched already. */
export function parseFetchedXml<S extends z.ZodType>(fetched: FetchedText, read: XmlReader, schema: S, { provider, secrets }: Pick<FetchOptions, "provider" | "secrets">): z.infer<S> {
  const details = { provider, status: fetched.status, url: fetched.url };
  // No feed or filing needs entities of its own; they blow up a parser or read its files.
  if (/<!ENTITY/i.test(fetched.text)) throw new AppError("UPSTREAM_INVALID", `${provider}: sent XML that defines entities`, { ...details, reason: "entities" });
  let value: unknown;
  try {
    value = read(fetched.text);
  } catch {
    throw new AppError("UPSTREAM_INVALID", `${provider}: sent XML that is cut off or broken`, { ...details, reason: "not-xml" });
  }
  return parseVendorShape(value, schema, { provider, secrets, details });
}
