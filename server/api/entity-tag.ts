import { createHash } from "node:crypto";

/** A tag of these very bytes; weak, as the same answer is sent plain and compressed. */
export const etagOf = (content: Uint8Array | string): string => `W/"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;

/** Whether a reader's copy is still the one we have; `If-None-Match` lists what it has. */
export const isFresh = (ifNoneMatch: string | null, etag: string): boolean => ifNoneMatch?.split(",").some((one) => one.trim() === "*" || plain(one) === plain(etag)) ?? false;

const plain = (etag: string) => etag.trim().replace(/^W\//, "");
