import { generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readEnv } from "@/server/platform/env";
import { appleClientSecret } from "./apple-client-secret";
import { configuredProviders } from "./configured-providers";
import { githubApiUrl, oauthClients } from "./oauth-clients";

const now = new Date("2026-11-21T09:00:00Z");
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const signing = { APPLE_CLIENT_ID: "app.nexus", APPLE_TEAM_ID: "TEAM", APPLE_KEY_ID: "KEY", APPLE_PRIVATE_KEY: pem };

describe("configuredProviders", () => {
  it("names a provider when all that it needs is set, and Apple with a secret or with the key to sign one", () => {
    const of = (given: Record<string, string>) => configuredProviders(readEnv(given));
    expect(of({})).toEqual([]);
    expect(of({ GOOGLE_CLIENT_ID: "a", GITHUB_CLIENT_SECRET: "b", APPLE_CLIENT_ID: "c", APPLE_TEAM_ID: "d" })).toEqual([]);
    expect(of({ GOOGLE_CLIENT_ID: "a", GOOGLE_CLIENT_SECRET: "", APPLE_CLIENT_ID: "c", APPLE_CLIENT_SECRET: "d" })).toEqual(["apple"]);
    expect(of({ ...signing, GITHUB_CLIENT_ID: "a", GITHUB_CLIENT_SECRET: "b" })).toEqual(["apple", "github"]);
  });
});

describe("oauthClients", () => {
  const everything = { ...signing, GOOGLE_CLIENT_ID: "a", GOOGLE_CLIENT_SECRET: "b", GITHUB_CLIENT_ID: "a", GITHUB_CLIENT_SECRET: "b" };

  it("asks Google, Apple and github.com unless the operator says otherwise", () => {
    const told = JSON.stringify(oauthClients(readEnv(everything), now));
    expect(told).toContain("https://accounts.google.com/.well-known/openid-configuration");
    expect(told).toContain("https://appleid.apple.com/.well-known/openid-configuration");
    expect(told).toContain("https://github.com/login/oauth/access_token");
    expect(githubApiUrl(readEnv({}))).toBe("https://api.github.com");
  });

  it("sends nothing of an Enterprise Server to github.com", () => {
    const env = readEnv({ ...everything, GITHUB_BASE_URL: "https://git.bank.example/" });
    expect(githubApiUrl(env)).toBe("https://git.bank.example/api/v3");
    const { options } = oauthClients(env, now)[2] as unknown as { options: object };
    expect(JSON.stringify(options)).not.toContain("github.com");
  });

  it("believes nobody who cannot be reached by TLS, except on this machine", () => {
    for (const name of ["GOOGLE_ISSUER", "APPLE_ISSUER", "GITHUB_BASE_URL"]) {
      for (const url of ["http://accounts.google.com", "http://10.0.0.7:8080", "http://localhost.evil.example", "http://127.0.0.1@evil.example", "https://user:password@git.example", "https://git.example/?x=1", "ftp://git.example", "git.example"]) {
        expect(() => readEnv({ [name]: url }), url).toThrow(name);
      }
      for (const url of ["https://git.example", "http://127.0.0.1:9000/github", "http://localhost:9000", "http://[::1]:9000"]) expect(() => readEnv({ [name]: url }), url).not.toThrow();
    }
  });

  it("looks at state, proof key and, where there is an identity token, at its nonce", () => {
    const checks = oauthClients(readEnv(everything), now).map((client) => [client.id, (client as unknown as { options: { checks: string[] } }).options.checks]);
    expect(Object.fromEntries(checks)).toEqual({ google: ["pkce", "state", "nonce"], apple: ["pkce", "state", "nonce"], github: ["pkce", "state"] });
  });
});

describe("appleClientSecret", () => {
  it("is a token of five minutes about the client, signed with ES256 by the operator's key, also when its line breaks were written as \\n", () => {
    const key = readEnv({ APPLE_PRIVATE_KEY: pem.replaceAll("\n", "\\n") }).APPLE_PRIVATE_KEY!;
    const [head = "", claims = "", signature = ""] = appleClientSecret({ clientId: "app.nexus", teamId: "TEAM", keyId: "KEY", privateKey: key, issuer: "https://appleid.apple.com" }, now).split(".");
    const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as unknown;
    const at = now.getTime() / 1000;
    expect([read(head), read(claims)]).toEqual([{ alg: "ES256", kid: "KEY", typ: "JWT" }, { iss: "TEAM", iat: at, exp: at + 300, aud: "https://appleid.apple.com", sub: "app.nexus" }]);
    expect(verify("sha256", Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))).toBe(true);
  });
});
