import { describe, expect, it } from "vitest";
import { foreignRequest } from "./foreign-request";

const refused = (headers: Record<string, string>) => foreignRequest(new Headers({ host: "app.example", ...headers }))?.status ?? null;

describe("foreignRequest", () => {
  it("lets pages of this site and programs through", () => {
    expect(refused({})).toBeNull();
    expect(refused({ origin: "https://app.example", "sec-fetch-site": "same-origin" })).toBeNull();
    expect(refused({ origin: "http://localhost:3000" })).toBeNull();
    expect(refused({ "sec-fetch-site": "none" })).toBeNull();
  });

  it("refuses other sites, other subdomains, other ports, and what has no origin to show", () => {
    expect(refused({ origin: "https://evil.example", "sec-fetch-site": "cross-site" })).toBe(403);
    expect(refused({ origin: "https://evil.example" })).toBe(403);
    expect(refused({ origin: "https://blog.app.example", "sec-fetch-site": "same-site" })).toBe(403);
    expect(refused({ origin: "https://app.example:8443" })).toBe(403);
    expect(refused({ origin: "null" })).toBe(403);
  });
});
