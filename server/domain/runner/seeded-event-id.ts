const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ENTROPY_BYTES = 10;

/** A ULID: 48 bits of time and 80 bits of entropy in Crockford's base 32. */
function encodeUlid(millis: number, entropy: readonly number[]): string {
  let bits = BigInt(millis);
  for (const byte of entropy) bits = bits * 256n + BigInt(byte);
  let text = "";
  for (let i = 0; i < 26; i++) {
    text = ALPHABET[Number(bits % 32n)]! + text;
    bits /= 32n;
  }
  return text;
}

/**
 * Id of the n-th event (from 1) of a request with the header `x-inngest-event-id-seed`: the same request sent again has the
 * same ids, so that it counts once. Null when the seed is not `<milliseconds>,<base64 of ten bytes>`.
 */
export function seededEventId(seed: string, n: number): string | null {
  const [millisText, encoded] = seed.split(",");
  if (!millisText || !encoded || !/^\d{1,15}$/.test(millisText) || !/^[A-Za-z0-9+/]{14}==$/.test(encoded)) return null;
  const millis = Number(millisText);
  if (millis >= 2 ** 48) return null;
  const entropy = Array.from(atob(encoded), (char) => char.charCodeAt(0));
  if (entropy.length !== ENTROPY_BYTES) return null;
  // The number of the event is added to the last four bytes, big endian.
  const tail = (((entropy[6]! * 256 + entropy[7]!) * 256 + entropy[8]!) * 256 + entropy[9]! + n) % 2 ** 32;
  return encodeUlid(millis, [...entropy.slice(0, 6), Math.floor(tail / 2 ** 24), Math.floor(tail / 2 ** 16) % 256, Math.floor(tail / 256) % 256, tail % 256]);
}
