import { z } from "zod";
import { API_SCOPES } from "@/server/domain/account/api-key-format";
import { pageInput, pageOf } from "./common";

export const apiScope = z.enum(API_SCOPES);

/** scheme://host[:port] of a page that may use the key. */
const webOrigin = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, ""), "An origin is a scheme and a host, without a path")
  .transform((text) => new URL(text).origin);

export const createApiKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(apiScope).min(1).max(API_SCOPES.length).transform((scopes) => [...new Set(scopes)]),
  allowedOrigins: z.array(webOrigin).max(20).default([]),
  /** Days until it ends; null never. */
  expiresInDays: z.number().int().min(1).max(3_650).nullable().default(365),
});
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;

export const apiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The first characters of the key; the rest is not stored. */
  prefix: z.string(),
  scopes: z.array(apiScope),
  allowedOrigins: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKeyDto = z.infer<typeof apiKey>;
export const apiKeyPage = pageOf(apiKey);
export const listApiKeysInput = pageInput;

/** The only answer that ever carries the key itself. */
export const createdApiKey = apiKey.extend({ key: z.string() });
export type CreatedApiKeyDto = z.infer<typeof createdApiKey>;

export const apiKeyIdInput = z.strictObject({ id: z.uuid() });
export const rotateApiKeyInput = z.strictObject({ id: z.uuid(), /** Hours for which the old key still serves. */ graceHours: z.number().int().min(0).max(168).default(24) });
