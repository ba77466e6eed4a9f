import { randomBytes } from "node:crypto";

const PER_MILLISECOND = 4_096;

/**
 * Ids of UUID version 7 (RFC 9562, section 5.7) that sort in the order in which they are given: the 12 bits after the version count. Rows that
 * are read and written in the order of their ids find their places in an index side by side.
 */
export function timeOrderedIds(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const bytes = randomBytes(16);
    bytes.writeUIntBE(now.getTime() + Math.floor(index / PER_MILLISECOND), 0, 6);
    bytes.writeUInt16BE(0x7000 | index % PER_MILLISECOND, 6);
    bytes[8] = 0x80 | (bytes[8]! & 0x3f);
    const hex = bytes.toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  });
}
