import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { onDatabase } from "./account-database";
import { expect, expectAccessible, expectHydrated, keptSecret, test } from "./fixtures";
import { setUpSecondFactor } from "./pages/second-factor-page";

test.skip(!process.env.E2E_DATABASE_URL, "needs the database of the run, where the first admin is made");

type Person = { email: string; password: string };
const aPerson = (): Person => ({ email: `e2e-${randomBytes(6).toString("hex")}@example.com`, password: keptSecret("the password of a person", `copper lantern ${randomBytes(9).toString("hex")}`) });

/** Registers by the API and confirms in the database: the door itself is the story of accounts. */
async function register(page: Page, { email, password }: Person, role: "USER" | "ADMIN") {
  const answer = await page.request.post("/api/v1/auth/register", { data: { email, password } });
  expect(answer.ok()).toBe(true);
  // The account is made after the answer, so that its time tells nothing.
  await expect.poll(() => onDatabase(async (db) => (await db.query("UPDATE user_account SET email_verified_at = now(), role = $2::role WHERE email = $1", [email, role])).rowCount)).toBe(1);
}

async function signIn(page: Page, { email, password }: Person) {
  await page.goto("/sign-in");
  await expectHydrated(page.getByRole("button", { name: "Sign in", exact: true }));
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/dashboard/);
}

test("an admin finds a person, looks with their eyes, locks them, and the log has it all", async ({ page, browser }) => {
  test.slow();
  const [staff, person] = [aPerson(), aPerson()];
  await register(page, staff, "ADMIN");
  await register(page, person, "USER");

  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs, person);
  expect((await theirs.request.get("/admin")).status()).toBe(404);

  await signIn(page, staff);
  // A password alone opens no panel, whatever asks.
  const refused = await page.request.get(`/api/trpc/admin.listUsers?input=${encodeURIComponent(JSON.stringify({ limit: 1 }))}`);
  expect([refused.status(), (await refused.json()).error.data.error]).toMatchObject([403, { code: "FORBIDDEN", details: { reason: "SECOND_FACTOR_NEEDED" } }]);
  await page.goto("/admin/users");
  await page.getByRole("main").getByRole("link", { name: "Set it up" }).click();
  await page.waitForURL((url) => url.pathname === "/settings/security");
  await setUpSecondFactor(page);

  await page.goto(`/admin/users?search=${encodeURIComponent(person.email)}`);
  await page.getByRole("link", { name: person.email }).click();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Look as this person" }).click();
  await page.getByLabel("Reason").fill("Asked for help with a page");
  await page.getByRole("button", { name: "Start looking" }).click();
  await page.waitForURL(/\/dashboard/);
  await expect(page.getByText(`You see what ${person.email} sees`)).toBeVisible();
  await page.getByRole("button", { name: "Stop looking" }).click();
  await page.waitForURL(/\/admin\/users\//);

  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByLabel("Reason").fill("Tries one card after another");
  await page.getByRole("button", { name: "Lock account" }).click();
  await expect(page.getByRole("button", { name: "Unlock", exact: true })).toBeVisible();
  await theirs.goto("/settings/security");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();

  await page.goto(`/admin/audit?subject=${encodeURIComponent(person.email)}`);
  for (const action of ["impersonation.started", "impersonation.stopped", "account.locked"]) await expect(page.getByRole("cell", { name: action })).toBeVisible();
  await expectAccessible(page);
});
