import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

const production = { scripts: { nonce: "bm9uY2U=" }, host: "nexus.test:3000", development: false };
const sourcesOf = (policy: string, directive: string) => policy.split("; ").find((part) => part.startsWith(`${directive} `))?.split(" ").slice(1);

describe("contentSecurityPolicy", () => {
  it("lets no inline script and no eval run in production", () => {
    const scripts = sourcesOf(contentSecurityPolicy(production), "script-src");
    expect(scripts).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
  });

  it("names the scripts of a page that is the same for everybody by their hashes, without a nonce and without trust handed on", () => {
    const hashes = ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"];
    expect(sourcesOf(contentSecurityPolicy({ ...production, scripts: { hashes } }), "script-src")).toEqual(["'self'", ...hashes]);
  });

  it("allows eval only in development", () => {
    expect(sourcesOf(contentSecurityPolicy({ ...production, development: true }), "script-src")).toContain("'unsafe-eval'");
  });

  it("forbids frames, plugins, base elements and foreign form targets", () => {
    const policy = contentSecurityPolicy(production);
    for (const directive of ["frame-ancestors", "object-src", "base-uri"]) expect(sourcesOf(policy, directive)).toEqual(["'none'"]);
    expect(sourcesOf(policy, "form-action")).toEqual(["'self'"]);
  });

  it("reaches the sidecar on the own host, and on its own address when it has one", () => {
    expect(sourcesOf(contentSecurityPolicy(production), "connect-src")).toEqual(["'self'", "ws://nexus.test:3000", "wss://nexus.test:3000"]);
    const direct = sourcesOf(contentSecurityPolicy({ ...production, socketUrl: "http://localhost:3005/ws" }), "connect-src");
    expect(direct).toEqual(expect.arrayContaining(["http://localhost:3005", "ws://localhost:3005"]));
    const secure = sourcesOf(contentSecurityPolicy({ ...production, socketUrl: "wss://ws.nexus.test" }), "connect-src");
    expect(secure).toEqual(expect.arrayContaining(["https://ws.nexus.test", "wss://ws.nexus.test"]));
  });

  it("takes nothing from a host header that would add a directive", () => {
    expect(sourcesOf(contentSecurityPolicy({ ...production, host: "x; script-src *" }), "connect-src")).toEqual(["'self'"]);
  });
});
