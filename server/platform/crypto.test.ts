import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomSecret, sameText, seal, unseal, unsealWithEither } from "./crypto";

describe("seal", () => {
  it("gives back any text, and another seal each time", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (plain) => {
      const sealed = seal("a secret", "totp", plain);
      expect(unseal("a secret", "totp", sealed)).toBe(plain);
      expect(seal("a secret", "totp", plain)).not.toBe(sealed);
    }));
  });

  it("opens with its own secret and purpose only, and not when a bit was changed", () => {
    const sealed = seal("a secret", "totp", "JBSWY3DPEHPK3PXP");
    const bytes = Buffer.from(sealed, "base64url");
    bytes[bytes.length - 1]! ^= 1;
    expect([unseal("b secret", "totp", sealed), unseal("a secret", "webhook", sealed), unseal("a secret", "totp", bytes.toString("base64url")), unseal("a secret", "totp", "x")]).toEqual([null, null, null, null]);
  });
});

describe("unsealWithEither", () => {
  it("opens what the secret in force or the one before it sealed, and nothing else", () => {
    const site = { secret: "the new one", previousSecret: "the old one" };
    expect([site.secret, site.previousSecret, "a third one"].map((secret) => unsealWithEither(site, "totp", seal(secret, "totp", "plain")))).toEqual(["plain", "plain", null]);
    expect(unsealWithEither({ secret: site.secret }, "totp", seal(site.previousSecret, "totp", "plain"))).toBeNull();
    expect(unsealWithEither(site, "webhook-secret", seal(site.previousSecret, "totp", "plain"))).toBeNull();
  });
});

describe("randomSecret", () => {
  it("has the bits asked for, in letters and digits", () => {
    expect(randomSecret(32)).toMatch(/^[0-9A-Za-z]{43}$/);
    expect(randomSecret(32)).not.toBe(randomSecret(32));
  });
});

describe("sameText", () => {
  it("tells equal from unequal, of any length", () => {
    expect([sameText("abc", "abc"), sameText("abc", "abd"), sameText("abc", "abcd"), sameText("", "")]).toEqual([true, false, false, true]);
  });
});
