import { describe, expect, it } from "vitest";
import { ACCESS_LASTS_MS, cookieOf, decodeSession, encodeSession, freshToken, sessionCookieName, sessionCookieOptions } from "./session-cookie";

const secret = "a-secret-of-the-tests-with-enough-letters";
const token = { sessionId: "0192f0c1-2b3c-7d4e-8f50-123456789abc", secret: "x".repeat(43), accessUntil: 1_790_000_000_000 };

describe("the session cookie", () => {
  it("carries a token there and back", async () => {
    expect(await decodeSession(await encodeSession(token, secret), secret)).toEqual(token);
    expect(freshToken(token, new Date(0)).accessUntil).toBe(ACCESS_LASTS_MS);
  });

  it("is nothing when it was changed, sealed with another secret, or made up", async () => {
    const cookie = await encodeSession(token, secret);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (let at = 0; at < cookie.length; at += 7) {
      const value = letters.indexOf(cookie[at]!);
      if (value === -1) continue;
      // The highest bit: the lowest ones of a last letter belong to no byte.
      const changed = `${cookie.slice(0, at)}${letters[value ^ 32]}${cookie.slice(at + 1)}`;
      expect(await decodeSession(changed, secret)).toBeNull();
    }
    expect(await decodeSession(cookie, `${secret}!`)).toBeNull();
    // Unsigned, as a JWT library that believes the header would take it.
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(token)).toString("base64url")}.`;
    for (const made of [unsigned, "", "a.b.c.d.e", "%00"]) expect(await decodeSession(made, secret)).toBeNull();
  });

  it("is closed to scripts, other sites and plain connections where the site has TLS", () => {
    expect(sessionCookieName("https://app.example")).toMatch(/^__Host-/);
    expect(sessionCookieOptions("https://app.example")).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
    expect(sessionCookieOptions("http://localhost:3000").secure).toBe(false);
  });

  it("is found among others by its exact name", () => {
    expect(cookieOf("xnext=1; next=2; next-a=3", "next")).toBe("2");
    expect(cookieOf(null, "next")).toBeUndefined();
  });
});
