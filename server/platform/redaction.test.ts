import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publicUrl, redactor } from "./redaction";

describe("redactor", () => {
  it("removes a secret in each spelling in which it may come back", () => {
    const secret = 'k/e+y "1"=';
    const redact = redactor([secret]);
    const spellings = [secret, encodeURIComponent(secret), `${new URLSearchParams({ x: secret })}`, JSON.stringify({ x: secret }), Buffer.from(secret).toString("base64")];
    for (const spelling of spellings) expect(redact(`before ${spelling} after`)).toContain("[redacted]");
    expect(redact(spellings.join(" "))).not.toContain("e+y");
  });

  it("leaves no trace of any secret of ordinary length in any text", () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9]{8,40}$/), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(!"[redacted]".includes(secret));
      expect(redactor([secret])(`${before}${secret}${after}`)).not.toContain(secret);
    }));
  });

  it("removes keys that it was not told of where their name gives them away", () => {
    expect(redactor([])("GET /v1?symbol=A&apikey=abc123&x=1 with Bearer abcdef123456")).toBe("GET /v1?symbol=A&apikey=[redacted]&x=1 with Bearer [redacted]");
  });

  it("does not take an unset or tiny key out of every word", () => {
    expect(redactor(["", "a"])("a banana")).toBe("a banana");
  });
});

describe("publicUrl", () => {
  it("drops user, keys and fragment, and keeps what says which figure it was", () => {
    const url = new URL("https://me:pw12@api.example.com/v1/hush-123/series?series_id=GDP&api_key=abc&token=x&apikey=y&access_token=z#f");
    expect(publicUrl(url, redactor(["hush-123"]))).toBe("https://api.example.com/v1/[redacted]/series?series_id=GDP");
  });

  it("keeps parameters whose names only resemble one of a key", () => {
    expect(publicUrl(new URL("https://a.example/?keyword=tax&tokens=3&author=b"), redactor([]))).toBe("https://a.example/?keyword=tax&tokens=3&author=b");
  });
});
