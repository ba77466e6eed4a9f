import { expect, expectAccessible, test } from "./fixtures";
import { setUpSecondFactor } from "./pages/second-factor-page";
import { aPerson, register, signIn } from "./pages/staff-page";

test.skip(!process.env.E2E_DATABASE_URL, "needs the database of the run, where the first admin is made");

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
