const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
export const API_SCOPES = ["read", "trade", "post", "admin"] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** What a scanner for leaked secrets looks for; the last six characters prove that a finding is no accident. */
export const API_KEY_PATTERN = /^nxa_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/;

/** CRC-32 (ISO 3309) of the text, as six digits to the base 62, most significant first. Worked: "123456789" has CRC cbf43926, hence 3jZRME. */
export function keyChecksum(text: string): string {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i += 1) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let digits = "";
  for (let i = 0; i < 6; i += 1) {
    digits = ALPHABET[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** Puts a key together; `name` is 8 and `secret` 43 letters and digits. */
export function formatApiKey({ name, secret }: { name: string; secret: string }): { key: string; prefix: string } {
  const prefix = `nxa_live_${name}`;
  const body = `${prefix}_${secret}`;
  return { key: body + keyChecksum(body), prefix };
}

/** Whether a text has the form of a key and its checksum is right, so that a mistyped one never reaches the database. */
export const isApiKey = (text: string): boolean => API_KEY_PATTERN.test(text) && keyChecksum(text.slice(0, -6)) === text.slice(-6);
