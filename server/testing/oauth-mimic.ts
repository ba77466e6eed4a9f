import { createHash, createHmac, createPublicKey, generateKeyPairSync, randomBytes, sign, verify, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type ProviderId = "google" | "apple" | "github";
export type MimicPerson = { id: string; name: string; email: string; emailVerified: boolean };
/** What is wrong with the next identity token. */
export type Forgery = { claims?: Record<string, unknown>; by?: "another-key" | "nobody" | "the-client-secret" };
type Grant = { provider: ProviderId; clientId: string; redirectUri: string; challenge: string; nonce: string | null; person: MimicPerson };

export type OauthMimic = {
  /** What the app under test is started with. */
  env: Record<string, string>;
  origin: string;
  /** Who is signed in at each provider. */
  people: Record<ProviderId, MimicPerson>;
  forgery: { next: Forgery | null };
  /** Method and path of what was asked, oldest first. */
  asked: string[];
  close(): Promise<void>;
};

const CLIENT = { google: "google-client", apple: "app.nexus.test", github: "github-client" } as const;
const SECRET = "a client secret of the tests";
const TEAM = "TEAM123456";
const KEY_ID = "KEY1234567";
const SIX_MONTHS_S = 15_777_000;

const mark = () => randomBytes(12).toString("hex");
const encoded = (part: object | Buffer) => (Buffer.isBuffer(part) ? part : Buffer.from(JSON.stringify(part))).toString("base64url");
const decoded = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Record<string, unknown>;
const aPerson = (provider: ProviderId): MimicPerson => ({ id: String(randomBytes(5).readUIntBE(0, 5)), name: `Person of ${provider}`, email: `${provider}-${mark()}@example.com`, emailVerified: true });

/**
 * A local server with the parts of Google, Apple and GitHub that people sign in by: discovery, a page that asks, codes that serve once with their
 * proof key, signed identity tokens, GitHub's API below the address of an Enterprise Server. Apple answers by a form, wants a client secret
 * signed with ES256, takes no password in a header, and tells the name the first time only.
 */
export async function startOauthMimic(): Promise<OauthMimic> {
  const [ours, others] = [generateKeyPairSync("rsa", { modulusLength: 2048 }), generateKeyPairSync("rsa", { modulusLength: 2048 })];
  const appleKey = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const asked: string[] = [];
  const forgery: OauthMimic["forgery"] = { next: null };
  const people = { google: aPerson("google"), apple: aPerson("apple"), github: aPerson("github") };
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, MimicPerson>();
  const knownToApple = new Set<string>();

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", origin);
    asked.push(`${request.method} ${url.pathname}`);
    const [, named = "", ...rest] = url.pathname.split("/");
    const path = rest.join("/");
    if (!(named in CLIENT)) return void response.writeHead(404).end();
    const provider = named as ProviderId;
    const json = (status: number, body: object) => void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const page = (html: string) => void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html><html lang="en"><title>${provider}</title><h1>${provider}</h1>${html}</html>`);
    const issuer = `${origin}/${provider}`;
    if (path === ".well-known/openid-configuration" && provider !== "github") return json(200, discovery(issuer, provider));
    if (path === "jwks") return json(200, { keys: [{ ...ours.publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] });
    if (path.endsWith("authorize")) return page(consentPage(url, provider));
    if (path === "decide") return decide(provider, new URLSearchParams(await textOf(request)));
    if (path === "token" || path === "login/oauth/access_token") return exchange(provider, issuer, request);
    const bearer = /^(?:Bearer|token) (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const person = tokens.get(bearer);
    if (!person) return json(401, { message: "Bad credentials" });
    if (path === "api/v3/user") return json(200, { id: Number(person.id), login: "octocat", name: person.name, email: null, avatar_url: "" });
    if (path === "api/v3/user/emails") return json(200, [{ email: `old-${person.email}`, primary: false, verified: true, visibility: null }, { email: person.email, primary: true, verified: person.emailVerified, visibility: "private" }]);
    return json(404, { message: "Not Found" });

    function decide(at: ProviderId, form: URLSearchParams): void {
      const ask = new URLSearchParams(form.get("ask") ?? "");
      const redirectUri = ask.get("redirect_uri") ?? "";
      const fields = new URLSearchParams({ state: ask.get("state") ?? "" });
      if (form.get("decision") === "allow") {
        const code = mark();
        codes.set(code, { provider: at, clientId: ask.get("client_id") ?? "", redirectUri, challenge: ask.get("code_challenge") ?? "", nonce: ask.get("nonce"), person: { ...people[at] } });
        fields.set("code", code);
        if (at === "apple" && !knownToApple.has(people.apple.id)) {
          knownToApple.add(people.apple.id);
          const [firstName = "", ...last] = people.apple.name.split(" ");
          fields.set("user", JSON.stringify({ name: { firstName, lastName: last.join(" ") }, email: people.apple.email }));
        }
      } else fields.set("error", at === "apple" ? "user_cancelled_authorize" : "access_denied");
      if (ask.get("response_mode") !== "form_post") return void response.writeHead(302, { location: `${redirectUri}?${fields}` }).end();
      const inputs = [...fields].map(([name, value]) => `<input type="hidden" name="${name}" value="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">`).join("");
      page(`<form method="post" action="${redirectUri}">${inputs}</form><script>document.forms[0].submit()</script>`);
    }

    async function exchange(at: ProviderId, iss: string, from: IncomingMessage): Promise<void> {
      const form = new URLSearchParams(await textOf(from));
      const client = clientOf(at, iss, from.headers.authorization, form);
      const grant = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const proof = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
      const fault = client === null ? "invalid_client" : !grant || grant.provider !== at || grant.clientId !== client || grant.redirectUri !== form.get("redirect_uri") || grant.challenge !== proof ? "invalid_grant" : null;
      // GitHub tells a fault with status 200.
      if (fault || !grant) return json(at === "github" ? 200 : fault === "invalid_client" ? 401 : 400, { error: at === "github" ? "bad_verification_code" : fault });
      const accessToken = mark();
      tokens.set(accessToken, grant.person);
      const { next } = forgery;
      forgery.next = null;
      json(200, { access_token: accessToken, token_type: "bearer", expires_in: 3_600, ...(at === "github" ? { scope: "read:user,user:email" } : { id_token: idToken(at, iss, grant, next) }) });
    }
  }

  /** The client that has shown its secret; null when it has not. */
  function clientOf(provider: ProviderId, issuer: string, header: string | undefined, form: URLSearchParams): string | null {
    const [basicId, basicSecret] = Buffer.from(header?.replace(/^Basic /, "") ?? "", "base64").toString("utf8").split(":").map((part) => decodeURIComponent(part.replaceAll("+", " ")));
    if (provider === "apple") return header === undefined && form.get("client_id") === CLIENT.apple && isSigned(form.get("client_secret") ?? "", issuer) ? CLIENT.apple : null;
    const [id, secret] = header ? [basicId, basicSecret] : [form.get("client_id"), form.get("client_secret")];
    return id === CLIENT[provider] && secret === SECRET ? id : null;
  }

  function isSigned(token: string, issuer: string): boolean {
    const [head = "", claims = "", signature = ""] = token.split(".");
    if (!verify("sha256", Buffer.from(`${head}.${claims}`), { key: createPublicKey(appleKey.publicKey.export({ type: "spki", format: "pem" })), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))) return false;
    const [{ alg, kid }, { iss, sub, aud, iat, exp }] = [decoded(head), decoded(claims)];
    const now = Date.now() / 1000;
    return alg === "ES256" && kid === KEY_ID && iss === TEAM && sub === CLIENT.apple && aud === issuer && Number(iat) <= now + 5 && Number(exp) > now && Number(exp) - Number(iat) <= SIX_MONTHS_S;
  }

  function idToken(provider: ProviderId, issuer: string, { clientId, nonce, person }: Grant, given: Forgery | null): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer, aud: clientId, sub: person.id, iat: now, exp: now + 3_600, ...(nonce !== null && { nonce }), email: person.email,
      // Apple has been seen to write it as a text.
      email_verified: provider === "apple" ? String(person.emailVerified) : person.emailVerified,
      ...(provider === "google" && { name: person.name, picture: "https://example.com/p.png" }),
      ...given?.claims,
    };
    if (given?.by === "nobody") return `${encoded({ alg: "none" })}.${encoded(claims)}.`;
    if (given?.by === "the-client-secret") {
      const text = `${encoded({ alg: "HS256", kid: "1" })}.${encoded(claims)}`;
      return `${text}.${createHmac("sha256", SECRET).update(text).digest("base64url")}`;
    }
    return signed(claims, given?.by === "another-key" ? others.privateKey : ours.privateKey);
  }

  return {
    origin, people, forgery, asked,
    env: {
      GOOGLE_CLIENT_ID: CLIENT.google, GOOGLE_CLIENT_SECRET: SECRET, GOOGLE_ISSUER: `${origin}/google`,
      GITHUB_CLIENT_ID: CLIENT.github, GITHUB_CLIENT_SECRET: SECRET, GITHUB_BASE_URL: `${origin}/github`,
      APPLE_CLIENT_ID: CLIENT.apple, APPLE_TEAM_ID: TEAM, APPLE_KEY_ID: KEY_ID, APPLE_PRIVATE_KEY: appleKey.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), APPLE_ISSUER: `${origin}/apple`,
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

const discovery = (issuer: string, provider: ProviderId) => ({
  issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`,
  response_types_supported: ["code"], subject_types_supported: [provider === "apple" ? "pairwise" : "public"], id_token_signing_alg_values_supported: ["RS256"],
  token_endpoint_auth_methods_supported: provider === "apple" ? ["client_secret_post"] : ["client_secret_post", "client_secret_basic"],
});

function consentPage(url: URL, provider: ProviderId): string {
  const { searchParams: ask } = url;
  const missing = ["redirect_uri", "state", "code_challenge", ...(provider === "github" ? [] : ["nonce"])].filter((name) => !ask.get(name));
  const isAsked = ask.get("client_id") === CLIENT[provider] && ask.get("response_type") === "code" && ask.get("code_challenge_method") === "S256" && missing.length === 0;
  if (!isAsked || (provider === "apple" && ask.get("response_mode") !== "form_post")) return `<p>This request is not valid: ${missing.join(", ")}</p>`;
  const hidden = `<input type="hidden" name="ask" value="${ask.toString().replaceAll("&", "&amp;")}">`;
  return `<form method="post" action="/${provider}/decide">${hidden}<button name="decision" value="allow">Allow</button><button name="decision" value="deny">Cancel</button></form>`;
}

function signed(claims: object, key: KeyObject): string {
  const text = `${encoded({ alg: "RS256", kid: "1", typ: "JWT" })}.${encoded(claims)}`;
  return `${text}.${encoded(sign("sha256", Buffer.from(text), key))}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
