import { randomSecret } from "@/server/platform/crypto";

/** Names that would be taken for ours. */
const RESERVED = new Set(["admin", "administrator", "moderator", "mod", "staff", "support", "help", "system", "root", "nexus", "nexus-alpha", "official", "security", "api", "me", "anonymous", "deleted"]);

export const isReservedHandle = (handle: string): boolean => RESERVED.has(handle);

/** A handle that tells nothing of the person, until they choose one. */
export const newHandle = (prefix = "user"): string => `${prefix}-${randomSecret().toLowerCase().slice(0, 10)}`;
