import { randomInt } from "node:crypto";
import { startOauthMimic, type OauthMimic } from "@/server/testing/oauth-mimic";
import { onDatabase } from "./account-database";
import { expect, expectAccessible, keptSecret, test } from "./fixtures";
import { SignInWaysPage } from "./pages/sign-in-ways-page";
import { startSecondApp, type SecondApp } from "./second-app";

const { E2E_DATABASE_URL: databaseUrl, E2E_DIST_DIR: distDir, E2E_LOG_FOLDER: logFolder } = process.env;

const anId = () => String(randomInt(1e9, 2e12));

test.describe("signing in by a provider", () => {
  test.skip(!databaseUrl || !distDir || !logFolder, "needs the build and the database of `npm test`");
  test.describe.configure({ mode: "serial" });

  let mimic: OauthMimic;
  let app: SecondApp;
  test.beforeAll(async () => {
    mimic = await startOauthMimic();
    app = await startSecondApp({ name: "web-with-providers", distDir: distDir!, logFolder: logFolder!, env: { ...mimic.env, DATABASE_URL: databaseUrl!, NEXTAUTH_SECRET: keptSecret("the secret of the site with providers") } });
  });
  test.afterAll(async () => {
    await app?.stop();
    await mimic?.close();
  });

  /** What the person was told by mail, oldest first. */
  const mailsTo = (recipient: string) => onDatabase(async (client) => (await client.query<{ kind: string }>("SELECT kind FROM outgoing_mail WHERE recipient = $1 ORDER BY created_at, id", [recipient])).rows.map(({ kind }) => kind));

  test("a person comes by GitHub, links Google and Apple, unlinks two, keeps the last, and comes again by it", async ({ page, browser }) => {
    test.slow();
    const ways = new SignInWaysPage(page, app.url);
    const { email } = mimic.people.github;
    await ways.openSignIn();
    await ways.signIn("GitHub");
    await page.waitForURL(`${app.url}/settings/security`);
    await ways.expectLinked("GitHub");

    await ways.link("Google");
    await expect(page.getByText("Google is linked.")).toBeVisible();
    await ways.expectLinked("GitHub", "Google");
    // Apple's own site posts the answer: the browser brings the session and the checks all the same.
    expect(new URL(mimic.origin).hostname).not.toBe(new URL(app.url).hostname);
    await ways.link("Apple");
    await expect(page.getByText("Apple is linked.")).toBeVisible();
    await ways.expectLinked("GitHub", "Google", "Apple");
    await expectAccessible(page);

    await ways.unlink("GitHub");
    await ways.expectLinked("Google", "Apple");
    await ways.unlink("Google");
    await ways.expectLinked("Apple");
    await ways.unlink("Apple");
    await expect(page.getByRole("alert").filter({ hasText: "this is your only way to sign in" })).toBeVisible();
    await ways.link("Google", "Cancel");
    await expect(page.getByRole("alert").filter({ hasText: "The provider did not let you in" })).toBeVisible();
    await ways.expectLinked("Apple");
    expect(await mailsTo(email)).toEqual(["provider-linked", "provider-linked", "provider-unlinked", "provider-unlinked"]);

    const elsewhere = await browser.newContext();
    const again = await elsewhere.newPage();
    const there = new SignInWaysPage(again, app.url);
    await there.openSignIn();
    await there.signIn("Apple");
    await again.waitForURL(`${app.url}/settings/security`);
    await there.expectLinked("Apple");
    await elsewhere.close();
  });

  test("a person who declines at the provider is told so and is nobody here, and one whose proof is old proves it by signing in again", async ({ page }) => {
    test.slow();
    const ways = new SignInWaysPage(page, app.url);
    mimic.people.github = { ...mimic.people.github, id: anId(), email: `late-${mimic.people.github.email}` };
    await ways.openSignIn();
    await ways.signIn("GitHub", "Cancel");
    await expect(page.getByText("The provider did not let you in")).toBeVisible();
    expect(await onDatabase(async (client) => (await client.query("SELECT id FROM user_account WHERE email = $1", [mimic.people.github.email])).rowCount)).toBe(0);

    await ways.openSignIn();
    await ways.signIn("GitHub");
    await page.waitForURL(`${app.url}/settings/security`);
    await onDatabase((client) => client.query("UPDATE session SET stepped_up_at = now() - interval '11 minutes' WHERE user_id = (SELECT id FROM user_account WHERE email = $1)", [mimic.people.github.email]));
    await ways.askToLink("Apple");
    await expect(page.getByRole("dialog")).toContainText("Your account has no password");
    await ways.signIn("GitHub");
    await page.waitForURL(`${app.url}/settings/security`);
    mimic.people.google = { ...mimic.people.google, id: anId() };
    await ways.link("Google");
    await expect(page.getByText("Google is linked.")).toBeVisible();
  });
});
