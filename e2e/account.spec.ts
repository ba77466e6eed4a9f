import { randomBytes } from "node:crypto";
import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { generate } from "otplib";
import { linkInMail, onDatabase } from "./account-database";
import { expect, expectAccessible, expectHydrated, keptSecret, test } from "./fixtures";
import { setUpSecondFactor } from "./pages/second-factor-page";

const STEP_MS = 30_000;
const SESSION_COOKIE = /next-auth\.session-token$/;

test.skip(!process.env.E2E_DATABASE_URL, "needs the database of the run, whose outbox has the mails");

/** A person of their own, and an address of their own: the budget of sign-ins is counted by address. */
const aPerson = () => ({ email: `e2e-${randomBytes(6).toString("hex")}@example.com`, password: keptSecret("the password of a person", `copper lantern ${randomBytes(9).toString("hex")}`) });
type Person = ReturnType<typeof aPerson>;

async function register(page: Page, { email, password }: Person) {
  await page.goto("/register");
  await expectHydrated(page.getByRole("button", { name: "Register", exact: true }));
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Register", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
}

async function confirmAddress(page: Page, email: string) {
  const link = await linkInMail(email, "verify-email");
  keptSecret("the token of a link", link.split("=")[1]);
  await page.goto(link);
  await page.getByRole("button", { name: "Confirm address" }).click();
  await expect(page.getByText("Your address is confirmed")).toBeVisible();
}

async function enterPassword(page: Page, { email, password }: Person) {
  await expectHydrated(page.getByRole("button", { name: "Sign in", exact: true }));
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page) {
  await page.getByRole("button", { name: /^Account: / }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}

/** A registered person in a browser of their own, signed in. */
async function signedIn(browser: Browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const person = aPerson();
  await register(page, person);
  await confirmAddress(page, person.email);
  await enterPassword(page, person);
  await page.waitForURL(/\/dashboard/);
  return { context, page, person };
}

/** What a query answers to the cookies of this browser. */
const answerOf = async (request: APIRequestContext, path: string) => ((await (await request.get(`/api/trpc/${path}`)).json()) as { result?: { data: unknown } }).result?.data;

test("a person registers, confirms the address, sets up a second factor, looks at the sessions, ends one, and sets a new password", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const person = aPerson();
  await register(page, person);
  await confirmAddress(page, person.email);
  await enterPassword(page, person);
  await page.waitForURL(/\/dashboard/);

  await page.goto("/settings/security");
  const { secret, enrolledAt } = await setUpSecondFactor(page);

  await signOut(page);
  await page.goto("/settings/security");
  await page.waitForURL(/\/sign-in\?to=%2Fsettings%2Fsecurity/);
  await enterPassword(page, person);
  // Each code serves once: the next one begins with the next half minute.
  await page.waitForTimeout(Math.max(0, STEP_MS - ((Date.now() - enrolledAt) % STEP_MS)) + 1_000);
  await page.getByLabel("Code", { exact: true }).fill(await generate({ secret }));
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL((url) => url.pathname === "/settings/security");

  const phone = await browser.newContext({ userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1" });
  const onPhone = await phone.newPage();
  await onPhone.goto("/sign-in?to=/settings/profile");
  await enterPassword(onPhone, person);
  await onPhone.waitForTimeout(STEP_MS + 1_000);
  await onPhone.getByLabel("Code", { exact: true }).fill(await generate({ secret }));
  await onPhone.getByRole("button", { name: "Go on" }).click();
  // The address of the sign-in page names the other one too.
  await onPhone.waitForURL((url) => url.pathname === "/settings/profile");

  await page.reload();
  await page.getByRole("button", { name: "End: Safari · iOS" }).click();
  await expect(page.getByText("Safari · iOS", { exact: true })).toBeHidden();
  await onPhone.reload();
  await onPhone.waitForURL(/\/sign-in/);
  await phone.close();

  await page.goto("/forgot-password");
  await expectHydrated(page.getByRole("button", { name: "Send link" }));
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(page.getByText("a mail is on its way")).toBeVisible();
  await page.goto(await linkInMail(person.email, "reset-password"));
  const renewed = { ...person, password: aPerson().password };
  await page.getByLabel("New password", { exact: true }).fill(renewed.password);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("Your new password is set")).toBeVisible();
  expect(await answerOf(page.request, "account.getMe")).toBeNull();
  await enterPassword(page, person);
  await expect(page.getByText("That did not work")).toBeVisible();
  await enterPassword(page, renewed);
  await expect(page.getByLabel("Code", { exact: true })).toBeVisible();
});

test("a session that has to be renewed goes on unseen, and one that was ended does not come back", async ({ browser }) => {
  test.setTimeout(120_000);
  const { context, page } = await signedIn(browser);
  const before = (await context.cookies()).find(({ name }) => SESSION_COOKIE.test(name))!;
  // The way that a page takes when its access has run out.
  const answers = await Promise.all(Array.from({ length: 5 }, () => page.request.get("/api/auth/refresh?to=/macro", { maxRedirects: 0, headers: { cookie: `${before.name}=${before.value}` } })));
  expect(answers.map((answer) => answer.status())).toEqual([307, 307, 307, 307, 307]);
  expect(answers.map((answer) => answer.headers().location)).toEqual(Array(5).fill("/macro"));
  expect(await answerOf(page.request, "account.getMe")).not.toBeNull();

  await page.goto("/settings/security");
  await page.getByRole("button", { name: /^End: / }).click();
  await page.waitForURL(/\/sign-in/);
  const replayed = await browser.newContext();
  await replayed.addCookies([before]);
  expect(await answerOf(replayed.request, "account.getMe")).toBeNull();
  await replayed.request.post("/api/auth/refresh");
  expect((await replayed.cookies()).filter(({ name }) => SESSION_COOKIE.test(name))).toEqual([]);
  await Promise.all([context.close(), replayed.close()]);
});

test("the doors tell nobody who has an account, lead nowhere else, and take nothing from other sites", async ({ browser, request }) => {
  test.setTimeout(120_000);
  const { context, page, person } = await signedIn(browser);
  const call = (path: string, data: object, headers: Record<string, string> = {}) => request.post(`/api/trpc/${path}`, { data, headers: { "content-type": "application/json", ...headers } });

  // Known or not: the same text and status.
  for (const path of ["account.requestPasswordReset", "account.requestVerification"]) {
    const [known, unknown] = await Promise.all([call(path, { email: person.email }), call(path, { email: "nobody-at-all@example.com" })]);
    expect([known.status(), await known.text()]).toEqual([unknown.status(), await unknown.text()]);
  }
  const again = await call("account.register", { email: person.email, password: aPerson().password });
  expect(await again.json()).toEqual({ result: { data: { accepted: true } } });

  // Nobody makes themselves an admin.
  const greedy = await call("account.register", { email: aPerson().email, password: aPerson().password, role: "ADMIN", tier: "INSTITUTIONAL" });
  expect(greedy.status()).toBe(400);
  const raised = await page.request.post("/api/trpc/account.updateProfile", { data: { role: "ADMIN" }, headers: { "content-type": "application/json" } });
  expect(raised.status()).toBe(400);

  // Pages of other sites.
  expect((await call("account.register", aPerson(), { origin: "https://evil.example", "sec-fetch-site": "cross-site" })).status()).toBe(403);
  const forged = await page.request.post("/api/auth/callback/credentials", { form: { ...person, json: "true" } });
  expect(((await forged.json()) as { url: string }).url).toContain("csrf=true");
  expect((await page.request.post("/api/auth/signout", { form: { json: "true" }, headers: { origin: "https://evil.example" } })).status()).toBe(403);
  expect(await answerOf(page.request, "account.getMe")).not.toBeNull();

  // Ways out.
  for (const to of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    const answer = await request.get(`/api/auth/refresh?to=${encodeURIComponent(to)}`, { maxRedirects: 0 });
    expect(answer.headers().location).toBe("/dashboard");
  }
  const lured = await request.get(`/api/auth/signin?callbackUrl=${encodeURIComponent("https://evil.example/x")}`, { maxRedirects: 0 });
  expect(lured.headers().location ?? "").not.toContain("://evil.example");
  const hosted = await request.get("/api/auth/signin", { maxRedirects: 0, headers: { "x-forwarded-host": "evil.example" } });
  expect(hosted.headers().location ?? "").not.toContain("evil.example");
  // What would hand a cookie on as it came is closed.
  expect((await request.get("/api/auth/session")).status()).toBe(404);
  await context.close();
});

test("what a person calls themselves is text everywhere, and another's session cannot be ended", async ({ browser }) => {
  test.setTimeout(120_000);
  const [one, other] = [await signedIn(browser), await signedIn(browser)];
  const name = `<img src=x onerror="document.title='broken in'"><script>document.title='broken in'</script>`;
  await one.page.goto("/settings/profile");
  await expectHydrated(one.page.getByRole("button", { name: "Save" }));
  await one.page.getByLabel("Name", { exact: false }).first().fill(name.slice(0, 80));
  await one.page.getByRole("button", { name: "Save" }).click();
  await expect(one.page.getByText("Saved")).toBeVisible();
  await one.page.reload();
  await one.page.getByRole("button", { name: /^Account: / }).click();
  await expect(one.page.getByRole("menu")).toContainText("<img src=x");
  expect(await one.page.title()).not.toContain("broken in");

  const sessionId = await onDatabase(async (client) => (await client.query<{ id: string }>("SELECT s.id FROM session s JOIN user_account u ON u.id = s.user_id WHERE u.email = $1 AND s.revoked_at IS NULL", [one.person.email])).rows[0]!.id);
  const stolen = await other.page.request.post("/api/trpc/account.revokeSession", { data: { sessionId }, headers: { "content-type": "application/json" } });
  expect(stolen.status()).toBe(404);
  expect(await answerOf(one.page.request, "account.getMe")).not.toBeNull();
  await Promise.all([one.context.close(), other.context.close()]);
});

test("the tab of a settings page that stands far right is in sight on a phone", async ({ browser }) => {
  const { context, page } = await signedIn(browser);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/settings/data");
  const tab = page.getByRole("navigation", { name: "Settings pages" }).getByRole("link", { name: "Your data" });
  // Its lower line lies on the border of the row, half a pixel outside.
  await expect(tab).toBeInViewport({ ratio: 0.95 });
  await context.close();
});

test("sign-in and settings keep the accessibility rules", async ({ browser, page }) => {
  test.setTimeout(180_000);
  for (const path of ["/sign-in", "/register", "/forgot-password"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  const { context, page: signed } = await signedIn(browser);
  for (const path of ["profile", "security", "notifications", "data"]) {
    await signed.goto(`/settings/${path}`);
    await expect(signed.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await expectAccessible(signed);
  }
  await context.close();
});
