export type Encoding = "br" | "gzip";

/** The best encoding that a caller takes, by its Accept-Encoding; null when it wants the bytes as they are. */
export function preferredEncoding(accepted: string | null): Encoding | null {
  const offered = (accepted ?? "").split(",").map((part) => part.trim().split(";")).filter(([, weight]) => !/q=0(\.0*)?$/.test(weight?.trim() ?? "")).map(([name]) => name!.toLowerCase());
  return offered.includes("br") ? "br" : offered.includes("gzip") || offered.includes("*") ? "gzip" : null;
}
