import { describe, expect, it } from "vitest";
import { formatApiKey, isApiKey, keyChecksum } from "./api-key-format";

const secret = "0123456789012345678901234567890123456789abc";

describe("keyChecksum", () => {
  it("is the CRC-32 of the standard's check value, to the base 62", () => {
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const value = [...keyChecksum("123456789")].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0);
    expect(value.toString(16)).toBe("cbf43926");
    expect(keyChecksum("123456789")).toBe("3jZRME");
  });
});

describe("formatApiKey", () => {
  it("makes keys that are recognised, and shows of them a prefix that is not enough to use them", () => {
    const { key, prefix } = formatApiKey({ name: "AbC12345", secret });
    expect(prefix).toBe("nxa_live_AbC12345");
    expect(isApiKey(key)).toBe(true);
  });

  it("refuses a key with a letter changed, cut off or added", () => {
    const { key } = formatApiKey({ name: "AbC12345", secret });
    expect([key.replace("abc", "abd"), key.slice(0, -1), `${key}0`, "", "nxa_live_"].map(isApiKey)).toEqual([false, false, false, false, false]);
  });
});
