import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/** A secret of `bytes` random bytes in 62 letters and digits, hence without a character that breaks a word when it is marked with a double click. */
export function randomSecret(bytes = 32): string {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const length = Math.ceil((bytes * 8) / Math.log2(alphabet.length));
  let text = "";
  while (text.length < length) {
    // Bytes from 248 up would make the first letters likelier.
    for (const byte of randomBytes(length * 2)) if (byte < 248 && text.length < length) text += alphabet[byte % 62];
  }
  return text;
}

/** Hash of a secret that is random already; passwords take argon2 instead. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export const hmacSha256 = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("hex");

/** Compares without telling by its time where two texts differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(sha256(a)), Buffer.from(sha256(b))];
  return timingSafeEqual(left, right);
}

const keyOf = (secret: string, purpose: string) => Buffer.from(hkdfSync("sha256", secret, "nexus-alpha", purpose, 32));

/** Encrypts a secret that has to be read again (AES-256-GCM); `purpose` keeps a value of one column from being accepted in another. */
export function seal(secret: string, purpose: string, plain: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret, purpose), nonce);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
}

/** Opens what `seal` closed; null when the secret is another one or the text was changed. */
export function unseal(secret: string, purpose: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < 28) return null;
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret, purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** Opens what was sealed with the secret in force, or with the one before it while that is still given. */
export function unsealWithEither({ secret, previousSecret }: { secret: string; previousSecret?: string }, purpose: string, sealed: string): string | null {
  return unseal(secret, purpose, sealed) ?? (previousSecret === undefined ? null : unseal(previousSecret, purpose, sealed));
}
