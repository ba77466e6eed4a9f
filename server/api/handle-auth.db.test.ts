import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { generate } from "otplib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OauthProvider } from "@/server/contracts/account";
import { REQUESTS_PER_MINUTE } from "@/server/domain/account/rate-limits";
import { readEnv, type Env } from "@/server/platform/env";
import { sha256 } from "@/server/platform/crypto";
import { unlinkProvider } from "@/server/services/account/unlink-provider";
import { startMfa } from "@/server/services/account/start-mfa";
import { confirmMfa } from "@/server/services/account/confirm-mfa";
import { FLAGS_KEY } from "@/server/services/admin/read-flags";
import { aBrowser, type AuthBrowser } from "@/server/testing/auth-browser";
import { A_PASSWORD, asPerson, aUser, FIREFOX } from "@/server/testing/factories/account-factory";
import { startOauthMimic, type Forgery, type OauthMimic } from "@/server/testing/oauth-mimic";
import { createTestCtx } from "@/server/testing/test-ctx";
import { findCaller } from "./find-caller";
import { handleAuth } from "./handle-auth";
import { knownBrowserCookie } from "./known-browser-cookie";
import { createRequestMeter } from "./request-meter";

const PROVIDERS = ["google", "github", "apple"] as const;
let sinceMs = 0;
const base = createTestCtx({ now: () => new Date(Date.now() + sinceMs) });
let site: string;
let mimic: OauthMimic;
let app: Server;
let env: Env;
const ctx = () => ({ ...base, site: { ...base.site, url: site } });

/** The route of the app on a real socket; only the ways to the database and the clock are the tests'. */
beforeAll(async () => {
  mimic = await startOauthMimic();
  app = createServer((incoming, outgoing) => {
    const request = new Request(new URL(incoming.url ?? "/", site), {
      method: incoming.method, headers: incoming.headers as Record<string, string>,
      ...(incoming.method === "POST" && { body: Readable.toWeb(incoming) as ReadableStream as BodyInit, duplex: "half" }),
    } as RequestInit);
    void handleAuth(request, new URL(request.url).pathname.split("/").slice(3), { createCtx, env }).then(async (response) => {
      outgoing.writeHead(response.status, [...response.headers].flat());
      outgoing.end(await response.text());
    });
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  site = `http://localhost:${(app.address() as AddressInfo).port}`;
  process.env.NEXTAUTH_URL = site;
  env = readEnv({ ...mimic.env, NEXTAUTH_URL: site });
});
afterAll(async () => {
  app.closeAllConnections();
  await Promise.all([new Promise((resolve) => app.close(resolve)), mimic.close(), base.db.$disconnect()]);
});
beforeEach(() => {
  sinceMs = 0;
  for (const provider of PROVIDERS) newPersonAt(provider);
});

async function createCtx(headers: Headers) {
  const origin = { address: headers.get("x-address") ?? "", userAgent: FIREFOX, place: "", requestId: crypto.randomUUID() };
  const made = { ...ctx(), requestId: origin.requestId, origin, caller: { kind: "guest" as const } };
  return { ...made, ...createRequestMeter(made, "app") };
}

let people = 0;
function newPersonAt(provider: OauthProvider, given: Partial<OauthMimic["people"]["google"]> = {}) {
  const id = `${Date.now()}${people++}`.slice(-15);
  return (mimic.people[provider] = { id, name: "Lee Jisoo", email: `lee-${provider}-${id}@example.com`, emailVerified: true, ...given });
}

/** Presses the button of a provider; the address of its page. */
async function leave(browser: AuthBrowser, provider: OauthProvider, given: Record<string, string> = {}): Promise<string> {
  const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await browser.post(`/api/auth/signin/${provider}`, { csrfToken, json: "true", callbackUrl: `${site}/macro`, ...given });
  return ((await answer.json()) as { url: string }).url;
}

/** What the provider has the browser do when the person has decided. */
async function decide(provider: OauthProvider, asked: string, decision: "allow" | "deny" = "allow"): Promise<{ url: string; form: URLSearchParams | null }> {
  const page = await (await fetch(asked)).text();
  const ask = /name="ask" value="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
  if (!ask) throw new Error(`The provider refuses the request: ${page}`);
  const answer = await fetch(`${mimic.origin}/${provider}/decide`, { method: "POST", body: new URLSearchParams({ ask, decision }), redirect: "manual" });
  const location = answer.headers.get("location");
  if (location) return { url: location, form: null };
  const html = await answer.text();
  const unescaped = (text: string) => text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  const form = new URLSearchParams([...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, unescaped(value)]));
  return { url: /action="([^"]+)"/.exec(html)![1]!, form };
}

/** Brings the answer to the app as the browser does, and follows to where the person ends. */
async function arrive(browser: AuthBrowser, { url, form }: { url: string; form: URLSearchParams | null }): Promise<URL> {
  let answer = form ? await browser.postFromElsewhere(url, form) : await browser.get(url);
  for (let n = 0; n < 4; n++) {
    const next = new URL(answer.headers.get("location") ?? "/none", site);
    if (!next.pathname.startsWith("/api/auth/")) return next;
    answer = await browser.get(next.href);
  }
  throw new Error("Led in a circle");
}

const goThrough = async (browser: AuthBrowser, provider: OauthProvider, given: Record<string, string> = {}) => arrive(browser, await decide(provider, await leave(browser, provider, given)));
const cookieHeader = (browser: AuthBrowser) => new Headers({ cookie: [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; ") });
async function whoIs(browser: AuthBrowser): Promise<string | null> {
  const caller = await findCaller(ctx(), cookieHeader(browser));
  return caller.kind === "session" ? caller.user.id : null;
}
const linksOf = async (userId: string) => (await base.db.oauthAccount.findMany({ where: { userId }, orderBy: { createdAt: "asc" } })).map(({ provider }) => provider);
const actionsOf = async (userId: string) => (await base.db.auditEntry.findMany({ where: { subjectId: userId }, orderBy: { id: "asc" } })).map(({ action }) => action);
const mailsOf = (userId: string, kind: string) => base.db.outgoingMail.findMany({ where: { userId, kind } });

/** A person with a password, signed in by it in a browser of their own. */
async function signedIn(given: Parameters<typeof aUser>[1] = {}) {
  const user = await aUser(base.db, given);
  const browser = aBrowser(site);
  const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
  await browser.post("/api/auth/callback/credentials", { csrfToken, json: "true", email: user.email!, password: A_PASSWORD });
  expect(await whoIs(browser)).toBe(user.id);
  return { user, browser };
}

describe.each(PROVIDERS)("signing in by %s", (provider) => {
  it("makes an account of a new person, finds it again whatever the address is by then, and leads where they wanted to go", async () => {
    const person = mimic.people[provider];
    const first = aBrowser(site);
    const end = await goThrough(first, provider);
    expect(`${end.origin}${end.pathname}${end.search}`).toBe(`${site}/macro`);
    const userId = (await whoIs(first))!;
    expect(await base.db.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ email: person.email, name: "Lee Jisoo", emailVerifiedAt: expect.any(Date), passwordHash: null });
    expect(await linksOf(userId)).toEqual([provider]);
    expect(await actionsOf(userId)).toEqual(["account.registered", "provider.linked", "session.started"]);

    newPersonAt(provider, { ...person, email: `moved-${person.email}`, name: "Another Name" });
    const again = aBrowser(site);
    await goThrough(again, provider);
    expect(await whoIs(again)).toBe(userId);
    expect(await base.db.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ email: person.email, name: "Lee Jisoo" });
  });

  it("opens nothing when the person declines at the provider", async () => {
    const browser = aBrowser(site);
    const end = await arrive(browser, await decide(provider, await leave(browser, provider), "deny"));
    expect(end.pathname).toBe("/sign-in");
    expect(end.searchParams.get("error")).not.toBeNull();
    expect(await whoIs(browser)).toBeNull();
    expect(await base.db.user.count({ where: { email: mimic.people[provider].email } })).toBe(0);
  });

  it("refuses an answer to another browser, with another state, and the same answer a second time", async () => {
    const browser = aBrowser(site);
    const answer = await decide(provider, await leave(browser, provider));
    // Somebody is lured to the answer that was meant for another.
    const lured = aBrowser(site);
    expect((await arrive(lured, answer)).searchParams.get("error")).not.toBeNull();
    await leave(lured, provider);
    expect((await arrive(lured, answer)).searchParams.get("error")).not.toBeNull();
    expect(await whoIs(lured)).toBeNull();

    const other = aBrowser(site);
    const theirs = await decide(provider, await leave(other, provider));
    const state = (one: typeof theirs) => one.form ?? new URL(one.url).searchParams;
    const swapped = theirs.form ? { url: theirs.url, form: new URLSearchParams({ code: state(theirs).get("code")!, state: "x".repeat(43) }) } : { url: theirs.url.replace(/state=[^&]+/, `state=${"x".repeat(43)}`), form: null };
    expect((await arrive(other, swapped)).searchParams.get("error")).not.toBeNull();
    expect(await whoIs(other)).toBeNull();

    await arrive(browser, answer);
    expect(await whoIs(browser)).not.toBeNull();
    browser.jar.clear();
    expect((await arrive(browser, answer)).searchParams.get("error")).not.toBeNull();
    expect(await whoIs(browser)).toBeNull();
  });

  it("refuses a code that was made for another proof key, though state and cookies are right", async () => {
    const [thief, victim] = [aBrowser(site), aBrowser(site)];
    const stolen = await decide(provider, await leave(victim, provider));
    const own = await decide(provider, await leave(thief, provider));
    const [from, into] = [stolen.form ?? new URL(stolen.url).searchParams, own.form ?? new URL(own.url).searchParams];
    const mixed = new URLSearchParams({ code: from.get("code")!, state: into.get("state")! });
    expect((await arrive(thief, own.form ? { url: own.url, form: mixed } : { url: `${own.url.split("?")[0]}?${mixed}`, form: null })).searchParams.get("error")).not.toBeNull();
    expect(await whoIs(thief)).toBeNull();
  });

  it("takes over no account by an address that the provider has not checked, nor one that was not confirmed here", async () => {
    const [confirmed, squatted] = [await aUser(base.db), await aUser(base.db, { emailVerifiedAt: null })];
    for (const [email, emailVerified, reason] of [[confirmed.email!, false, "PROVIDER_UNVERIFIED"], [squatted.email!, true, "LOCAL_UNVERIFIED"]] as const) {
      newPersonAt(provider, { email, emailVerified });
      const browser = aBrowser(site);
      const end = await goThrough(browser, provider);
      expect([end.pathname, end.searchParams.get("error")]).toEqual(["/sign-in", reason]);
      expect(await whoIs(browser)).toBeNull();
    }
    expect([...(await linksOf(confirmed.id)), ...(await linksOf(squatted.id))]).toEqual([]);
  });

  it("finds the account of an address that both sides have checked, and tells its person by mail and in the log", async () => {
    const user = await aUser(base.db, { locale: "ko" });
    newPersonAt(provider, { email: user.email!.toUpperCase() });
    const browser = aBrowser(site);
    await goThrough(browser, provider);
    expect(await whoIs(browser)).toBe(user.id);
    expect(await linksOf(user.id)).toEqual([provider]);
    expect(await actionsOf(user.id)).toEqual(["provider.linked", "session.started"]);
    expect(await mailsOf(user.id, "provider-linked")).toMatchObject([{ recipient: user.email, subject: expect.stringMatching(/로그인할 수 있습니다/), text: expect.stringContaining(`${site}/settings/security`) }]);
  });

  it("asks for the second factor, and links nothing by address before it was shown", async () => {
    const user = await aUser(base.db);
    const person = await asPerson(ctx(), user);
    const { secret } = await startMfa(person);
    const codeAt = (ms: number) => generate({ secret, epoch: Math.floor((Date.now() + ms) / 1000) });
    await confirmMfa(person, { code: await codeAt(0) });
    newPersonAt(provider, { email: user.email! });
    const before = await base.db.session.count({ where: { userId: user.id } });

    const browser = aBrowser(site);
    const end = await goThrough(browser, provider);
    const halfWay = end.searchParams.get("halfWay")!;
    expect(end.pathname).toBe("/sign-in");
    expect([await whoIs(browser), await linksOf(user.id), await base.db.session.count({ where: { userId: user.id } })]).toEqual([null, [], before]);
    expect(await actionsOf(user.id)).not.toContain("provider.linked");

    sinceMs = 60_000;
    const show = async (code: string) => {
      const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
      return ((await (await browser.post("/api/auth/callback/credentials", { csrfToken, json: "true", halfWay, code })).json()) as { url: string }).url;
    };
    expect(await show("000000")).toContain("CODE_REFUSED");
    expect(await linksOf(user.id)).toEqual([]);
    await show(await codeAt(60_000));
    expect(await whoIs(browser)).toBe(user.id);
    expect(await linksOf(user.id)).toEqual([provider]);
    expect(await mailsOf(user.id, "provider-linked")).toHaveLength(1);

    // Linked, it still asks.
    sinceMs = 0;
    const elsewhere = aBrowser(site);
    expect((await goThrough(elsewhere, provider)).searchParams.get("halfWay")).not.toBeNull();
    expect(await whoIs(elsewhere)).toBeNull();
  });

  it("links to the person who asks for it while signed in, whatever the address, keeps their session, and tells them", async () => {
    const { user, browser } = await signedIn();
    newPersonAt(provider, { emailVerified: false });
    const session = (await findCaller(ctx(), cookieHeader(browser))) as { sessionId: string };
    const end = await goThrough(browser, provider, { link: "true" });
    expect(`${end.pathname}${end.search}`).toBe(`/settings/security?linked=${provider}`);
    expect(await findCaller(ctx(), cookieHeader(browser))).toMatchObject({ sessionId: session.sessionId, user: { id: user.id } });
    expect(await linksOf(user.id)).toEqual([provider]);
    expect(await actionsOf(user.id)).toEqual(["session.started", "provider.linked"]);
    expect(await mailsOf(user.id, "provider-linked")).toHaveLength(1);
    // Linked now, it signs in.
    const elsewhere = aBrowser(site);
    await goThrough(elsewhere, provider);
    expect(await whoIs(elsewhere)).toBe(user.id);
  });

  it("links nothing to whoever is signed in when somebody only signs in there", async () => {
    const { user, browser } = await signedIn();
    await goThrough(browser, provider);
    expect(await whoIs(browser)).not.toBe(user.id);
    expect(await linksOf(user.id)).toEqual([]);
    // The session that was there made room.
    expect(await base.db.session.count({ where: { userId: user.id, revokedAt: null } })).toBe(0);
  });

  it("takes a link that was begun and left for no wish to link at the next sign-in", async () => {
    const { user, browser } = await signedIn();
    await leave(browser, provider, { link: "true" });
    await goThrough(browser, provider);
    expect(await whoIs(browser)).not.toBe(user.id);
    expect(await linksOf(user.id)).toEqual([]);
  });

  it("begins no link without a fresh proof, and ends none in another session than it began in", async () => {
    const { user, browser } = await signedIn();
    const stale = await signedIn();
    await base.db.session.updateMany({ where: { userId: stale.user.id }, data: { steppedUpAt: new Date(Date.now() - 11 * 60_000) } });
    expect(await leave(stale.browser, provider, { link: "true" })).toContain("error=STEP_UP_NEEDED");
    expect(await leave(aBrowser(site), provider, { link: "true" })).toContain("error=STEP_UP_NEEDED");

    const answer = await decide(provider, await leave(browser, provider, { link: "true" }));
    await base.db.session.updateMany({ where: { userId: user.id }, data: { revokedAt: new Date() } });
    const end = await arrive(browser, answer);
    expect(`${end.pathname}${end.search}`).toBe("/settings/security?error=LINK_ENDED");
    expect([await linksOf(user.id), await base.db.oauthAccount.count({ where: { provider, providerId: mimic.people[provider].id } })]).toEqual([[], 0]);
  });

  it("keeps one account of a provider to one person, and leads a refused or declined link back to where it began", async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    await goThrough(one.browser, provider, { link: "true" });
    expect((await goThrough(other.browser, provider, { link: "true" })).search).toBe("?error=PROVIDER_TAKEN");
    newPersonAt(provider);
    expect((await goThrough(one.browser, provider, { link: "true" })).search).toBe("?error=PROVIDER_ANOTHER");
    const declined = await arrive(one.browser, await decide(provider, await leave(one.browser, provider, { link: "true" }), "deny"));
    expect([declined.pathname, declined.searchParams.get("error")]).toEqual(["/settings/security", expect.any(String)]);
    expect([await linksOf(one.user.id), await linksOf(other.user.id)]).toEqual([[provider], []]);
    // An address that says the same finds the account, but does not add a second account of this provider to it.
    newPersonAt(provider, { email: one.user.email! });
    const third = aBrowser(site);
    expect((await goThrough(third, provider)).searchParams.get("error")).toBe("PROVIDER_ANOTHER");
    expect(await whoIs(third)).toBeNull();
  });

  it("makes one account of a person who arrives in two browsers at once", async () => {
    const browsers = [aBrowser(site), aBrowser(site), aBrowser(site)];
    const answers = await Promise.all(browsers.map(async (browser) => decide(provider, await leave(browser, provider))));
    await Promise.all(browsers.map((browser, n) => arrive(browser, answers[n]!)));
    const found = await Promise.all(browsers.map(whoIs));
    expect(found[0]).not.toBeNull();
    expect(new Set(found).size).toBe(1);
  });

  it("lets nobody new in while registration is switched off, and those who are known all the same", async () => {
    const known = aBrowser(site);
    await goThrough(known, provider);
    const person = mimic.people[provider];
    newPersonAt(provider);
    const [id] = [await whoIs(known)];
    await base.db.featureFlag.upsert({ where: { name: "registration" }, create: { name: "registration", enabled: false }, update: { enabled: false } });
    base.cache.drop(FLAGS_KEY);
    try {
      expect((await goThrough(aBrowser(site), provider)).searchParams.get("error")).toBe("REGISTRATION_CLOSED");
      mimic.people[provider] = person;
      const again = aBrowser(site);
      await goThrough(again, provider);
      expect(await whoIs(again)).toBe(id);
    } finally {
      await base.db.featureFlag.deleteMany({ where: { name: "registration" } });
      base.cache.drop(FLAGS_KEY);
    }
  });

  it("refuses a locked account", async () => {
    const browser = aBrowser(site);
    await goThrough(browser, provider);
    const userId = (await whoIs(browser))!;
    await base.db.user.update({ where: { id: userId }, data: { lockedAt: new Date() } });
    const again = aBrowser(site);
    expect((await goThrough(again, provider)).searchParams.get("error")).toBe("SIGN_IN_REFUSED");
    expect(await whoIs(again)).toBeNull();
  });
});

describe.each(["google", "apple"] as const)("an identity token of %s", (provider) => {
  const hourAgo = () => Math.floor(Date.now() / 1000) - 3_600;
  const FORGERIES: Record<string, () => Forgery> = {
    "signed by another key": () => ({ by: "another-key" }),
    "signed by nobody": () => ({ by: "nobody" }),
    "signed with the client's secret": () => ({ by: "the-client-secret" }),
    "for another client": () => ({ claims: { aud: "somebody-else" } }),
    "of another issuer": () => ({ claims: { iss: "https://evil.example" } }),
    "that has ended": () => ({ claims: { iat: hourAgo() - 60, exp: hourAgo() } }),
    "with another nonce": () => ({ claims: { nonce: "of-another-sign-in" } }),
    "without a nonce": () => ({ claims: { nonce: undefined } }),
    "without a person": () => ({ claims: { sub: undefined } }),
  };
  it.each(Object.keys(FORGERIES))("%s opens nothing", async (which) => {
    const user = await aUser(base.db);
    newPersonAt(provider, { email: user.email! });
    const browser = aBrowser(site);
    const answer = await decide(provider, await leave(browser, provider));
    mimic.forgery.next = FORGERIES[which]!();
    expect((await arrive(browser, answer)).searchParams.get("error")).not.toBeNull();
    expect([await whoIs(browser), await linksOf(user.id)]).toEqual([null, []]);
    // The same way with a right token does open.
    await goThrough(browser, provider);
    expect(await whoIs(browser)).toBe(user.id);
  });
});

describe("Apple's answer", () => {
  it("is led on with the name sealed, so that no address holds anything personal, and tells the name the first time only", async () => {
    const browser = aBrowser(site);
    const { url, form } = await decide("apple", await leave(browser, "apple"));
    expect(form!.get("user")).toContain("Jisoo");
    const answer = await browser.postFromElsewhere(url, form!);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([303, []]);
    const onward = answer.headers.get("location")!;
    expect(onward.startsWith(`${site}/api/auth/callback/apple?`)).toBe(true);
    expect(decodeURIComponent(onward)).not.toMatch(/Jisoo|@/);
    await arrive(browser, { url: onward, form: null });
    const userId = (await whoIs(browser))!;
    await base.db.user.update({ where: { id: userId }, data: { name: "Own Choice" } });
    const { form: second } = await decide("apple", await leave(aBrowser(site), "apple"));
    expect(second!.get("user")).toBeNull();
    await goThrough(browser, "apple");
    expect(await base.db.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ name: "Own Choice" });
  });

  it("takes the address from the signed token, never from the form", async () => {
    const victim = await aUser(base.db);
    const browser = aBrowser(site);
    const { url, form } = await decide("apple", await leave(browser, "apple"));
    form!.set("user", JSON.stringify({ name: { firstName: "Eve\u0000\n", lastName: "x".repeat(150) }, email: victim.email }));
    await arrive(browser, { url, form });
    const userId = (await whoIs(browser))!;
    expect(userId).not.toBe(victim.id);
    const { email, name } = await base.db.user.findUniqueOrThrow({ where: { id: userId } });
    expect(email).toBe(mimic.people.apple.email);
    expect(name).toMatch(/^Eve x+$/);
    expect(name!.length).toBeLessThanOrEqual(80);
  });

  it("is the only one that may come as a form", async () => {
    for (const provider of ["google", "github"]) {
      expect((await aBrowser(site).postFromElsewhere(`/api/auth/callback/${provider}`, new URLSearchParams({ code: "x", state: "y" }))).status).toBe(404);
    }
  });
});

describe("the way to a provider", () => {
  it("begins on our own pages only, and hands nothing of the address on to the provider", async () => {
    const browser = aBrowser(site);
    const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
    expect((await browser.postFromElsewhere("/api/auth/signin/google", new URLSearchParams({ csrfToken, json: "true" }))).status).toBe(403);
    const wrong = (await (await browser.post("/api/auth/signin/google", { csrfToken: "guessed", json: "true" })).json()) as { url: string };
    expect(wrong.url).toContain("csrf=true");
    const led = (await (await browser.post("/api/auth/signin/google?prompt=none&redirect_uri=https://evil.example&scope=everything", { csrfToken, json: "true" })).json()) as { url: string };
    expect(new URL(led.url).searchParams.get("redirect_uri")).toBe(`${site}/api/auth/callback/google`);
    expect([new URL(led.url).searchParams.get("prompt"), new URL(led.url).searchParams.get("scope")]).toEqual([null, "openid email profile"]);
  });

  it("is counted by address, as it may ask the provider where it leads", async () => {
    const [browser, other] = [aBrowser(site), aBrowser(site)];
    const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const answers = await Promise.all(Array.from({ length: REQUESTS_PER_MINUTE.other + 20 }, () => browser.post("/api/auth/signin/github", { csrfToken, json: "true" })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(20);
    expect([refused[0]!.headers.get("retry-after"), ((await refused[0]!.json()) as { url: string }).url]).toEqual([expect.stringMatching(/^\d+$/), `${site}/sign-in?error=RATE_LIMITED`]);
    expect(await leave(other, "github")).toContain(mimic.origin);
  });

  it("leads to no other site afterwards", async () => {
    const browser = aBrowser(site);
    const end = await goThrough(browser, "github", { callbackUrl: "https://evil.example/x" });
    expect([end.origin, end.pathname]).toEqual([site, "/dashboard"]);
  });
});

describe("unlinkProvider", () => {
  it("takes a provider off, tells the person in their language and notes it; whoever comes by it then is somebody new", async () => {
    const { user, browser } = await signedIn({ locale: "ko" });
    newPersonAt("github");
    await goThrough(browser, "github", { link: "true" });
    await unlinkProvider(await asPerson(ctx(), user), { provider: "github" });
    expect(await linksOf(user.id)).toEqual([]);
    expect((await actionsOf(user.id)).filter((action) => action.startsWith("provider."))).toEqual(["provider.linked", "provider.unlinked"]);
    expect(await mailsOf(user.id, "provider-unlinked")).toMatchObject([{ subject: "GitHub 계정 연결이 해제되었습니다" }]);
    expect(await base.db.notification.findMany({ where: { userId: user.id, kind: "security.provider-changed" }, orderBy: { createdAt: "asc" }, select: { params: true } })).toEqual([{ params: { change: "linked", provider: "github" } }, { params: { change: "unlinked", provider: "github" } }]);
    const elsewhere = aBrowser(site);
    await goThrough(elsewhere, "github");
    expect(await whoIs(elsewhere)).not.toBe(user.id);
  });

  it("leaves the last way in, also when two are taken off at once", async () => {
    const browser = aBrowser(site);
    await goThrough(browser, "google");
    const userId = (await whoIs(browser))!;
    const person = await asPerson(ctx(), await base.db.user.findUniqueOrThrow({ where: { id: userId } }));
    await expect(unlinkProvider(person, { provider: "google" })).rejects.toMatchObject({ code: "RULE_VIOLATED", details: { reason: "LAST_WAY_IN" } });
    await goThrough(browser, "github", { link: "true" });
    const outcomes = await Promise.allSettled([unlinkProvider(person, { provider: "google" }), unlinkProvider(person, { provider: "github" })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await linksOf(userId)).toHaveLength(1);
  });
});

describe("a browser that somebody has signed in with", () => {
  const attempt = async (browser: AuthBrowser, email: string, password: string) => {
    const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
    await browser.post("/api/auth/callback/credentials", { csrfToken, json: "true", email, password });
  };

  it("is known after that, by password and by provider, and gets in while strangers' guesses keep others waiting", async () => {
    const { user, browser } = await signedIn();
    expect(browser.jar.has("next-auth.known-browser")).toBe(true);
    const stranger = aBrowser(site);
    await attempt(stranger, user.email!, "a guess of a stranger");
    expect(stranger.jar.has("next-auth.known-browser")).toBe(false);
    // As after many of them, from many networks.
    await base.db.signInFailure.updateMany({ where: { subject: sha256(`sign-in:${user.email}`), source: "all" }, data: { failures: 40, retryAfter: new Date(Date.now() + 600_000) } });
    browser.jar.delete("next-auth.session-token");
    const elsewhere = aBrowser(site);
    await attempt(elsewhere, user.email!, A_PASSWORD);
    expect(await whoIs(elsewhere)).toBeNull();
    await attempt(browser, user.email!, A_PASSWORD);
    expect(await whoIs(browser)).toBe(user.id);

    const byProvider = aBrowser(site);
    await goThrough(byProvider, "google");
    expect(await whoIs(byProvider)).not.toBeNull();
    expect(byProvider.jar.has("next-auth.known-browser")).toBe(true);
  });

  it("keeps the note closed to scripts and to the door alone", async () => {
    expect(knownBrowserCookie({ ...ctx(), site: { ...base.site, url: "https://app.example" } }, crypto.randomUUID())).toMatch(/^__Secure-next-auth\.known-browser=[\w-]+; Path=\/api\/auth; HttpOnly; SameSite=Lax; Max-Age=15552000; Secure$/);
  });
});
