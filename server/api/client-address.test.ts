import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address";

const from = (headers: Record<string, string>, trust: { addressHeader?: string; trustedProxies: number }) => clientAddress(new Headers(headers), trust);

describe("clientAddress", () => {
  it("believes no X-Forwarded-For when no proxy is trusted", () => {
    expect(from({ "x-forwarded-for": "203.0.113.7" }, { trustedProxies: 0 })).toBe("");
    expect(from({ "x-forwarded-for": "203.0.113.7", "x-nexus-peer": "198.51.100.2" }, { trustedProxies: 0, addressHeader: "x-nexus-peer" })).toBe("198.51.100.2");
  });

  it("reads what the trusted proxies wrote, not what the caller put before it", () => {
    expect(from({ "x-forwarded-for": "1.1.1.1, 203.0.113.7" }, { trustedProxies: 1 })).toBe("203.0.113.7");
    expect(from({ "x-forwarded-for": "1.1.1.1, 203.0.113.7, 10.0.0.2" }, { trustedProxies: 2 })).toBe("203.0.113.7");
    expect(from({ "x-forwarded-for": "203.0.113.7" }, { trustedProxies: 2 })).toBe("");
  });

  it("tells an address whole and in one way, however it was written", () => {
    const at = (address: string) => from({ "x-forwarded-for": address }, { trustedProxies: 1 });
    expect(at("2001:0DB8:1:2:3:4:5:6")).toBe("2001:db8:1:2:3:4:5:6");
    expect(at("::ffff:203.0.113.7")).toBe("203.0.113.7");
    expect(at("0:0:0:0:0:0:0:1")).toBe("::1");
  });

  it("is empty for what is no address", () => {
    expect(from({ "x-forwarded-for": "unknown'; DROP TABLE" }, { trustedProxies: 1 })).toBe("");
  });
});
