import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { canonicalJson } from "@/server/domain/runner/canonical-json";

/** A key without its "signkey-prod-". */
const bareKey = (key: string) => key.replace(/^signkey-\w+-/, "");

export type SignedRequest = { body: string; headers: Record<string, string> };

/** A JSON body and the headers that go with it. The SDK sorts the keys before it checks, so they are sorted before they are signed. */
export function signRequest(value: unknown, signingKey: string | null, now: Date): SignedRequest {
  const body = canonicalJson(value);
  const headers = { "content-type": "application/json", "x-inngest-server-kind": signingKey ? "cloud" : "dev" };
  if (!signingKey) return { body, headers };
  const seconds = String(Math.floor(now.getTime() / 1_000));
  const signature = createHmac("sha256", bareKey(signingKey)).update(body).update(seconds).digest("hex");
  return { body, headers: { ...headers, "x-inngest-signature": `t=${seconds}&s=${signature}` } };
}

/** What the SDK puts behind "Bearer": the prefix of the key and a hash of its rest. */
export function bearerOf(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? "";
  return prefix + createHash("sha256").update(Buffer.from(bareKey(signingKey), "hex")).digest("hex");
}

/** Compares two secrets in a time that tells nothing of where they differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
