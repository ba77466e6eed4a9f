import { describe, expect, it } from "vitest";
import { isOriginAllowed } from "./origin-rule";

describe("origin rule", () => {
  it.each<[headers: { origin?: string; host?: string; forwardedHost?: string }, allowed: boolean, why: string]>([
    [{ host: "127.0.0.1:3001" }, true, "a program without an origin"],
    [{ origin: "http://127.0.0.1:3000", host: "127.0.0.1:3001" }, true, "the same host on another port"],
    [{ origin: "https://nexus.example", host: "127.0.0.1:3001", forwardedHost: "nexus.example" }, true, "the host that the proxy saw"],
    [{ origin: "https://app.example", host: "ws.example" }, true, "a listed origin"],
    [{ origin: "https://evil.example", host: "nexus.example" }, false, "another site"],
    [{ origin: "https://nexus.example.evil.example", host: "nexus.example" }, false, "a site with our name in front"],
    [{ origin: "null", host: "nexus.example" }, false, "a page without an origin"],
    [{ origin: "file:///tmp/page.html", host: "nexus.example" }, false, "a page from a disk"],
    [{ origin: "https://nexus.example" }, false, "a request without a host"],
  ])("%o: %s (%s)", (headers, allowed) => {
    expect(isOriginAllowed(headers, ["https://app.example"])).toBe(allowed);
  });
});
