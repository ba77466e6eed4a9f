import { randomBytes } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { onDatabase } from "./account-database";
import { expect, expectAccessible, expectHydrated, keptSecret, test } from "./fixtures";

test.skip(!process.env.E2E_DATABASE_URL, "needs the database of the run, where the address of a new person is confirmed");

const PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
const HOUR_MS = 3_600_000;

const bell = (page: Page, unread: number) => page.getByRole("button", { name: unread === 0 ? "Notifications" : `Notifications: ${unread} unread notification${unread === 1 ? "" : "s"}`, exact: true });
/** The hour and minute on a clock of UTC, where the person lives. */
const clock = (at: Date) => at.toISOString().slice(11, 16);

/** Registers by the API and confirms in the database: the door itself is the story of accounts. */
async function aPerson(page: Page) {
  const person = { email: `e2e-${randomBytes(6).toString("hex")}@example.com`, password: keptSecret("the password of a person", `copper lantern ${randomBytes(9).toString("hex")}`) };
  expect((await page.request.post("/api/v1/auth/register", { data: person })).ok()).toBe(true);
  await expect.poll(() => onDatabase(async (db) => (await db.query("UPDATE user_account SET email_verified_at = now(), time_zone = 'UTC' WHERE email = $1", [person.email])).rowCount)).toBe(1);
  return person;
}

async function signIn(context: BrowserContext, { email, password }: Awaited<ReturnType<typeof aPerson>>): Promise<Page> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await expectHydrated(page.getByRole("button", { name: "Sign in", exact: true }));
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname === "/dashboard");
  return page;
}

test("news reaches both tabs of a person at once, goes where it was asked to, and its mail waits for the morning", async ({ page, context, browser }) => {
  test.setTimeout(180_000);
  const person = await aPerson(page);
  const inbox = await signIn(context, person);
  await inbox.goto("/notifications");
  await page.goto("/settings/notifications");
  for (const tab of [page, inbox]) await expect(bell(tab, 0)).toBeVisible();

  // Quiet hours around now, a summary each day, and webhooks told of finished archives.
  const now = new Date();
  const [from, to] = [new Date(now.getTime() - HOUR_MS), new Date(now.getTime() + 2 * HOUR_MS)].map(clock) as [string, string];
  await expectHydrated(page.getByLabel("No mail at night"));
  const kept = (what: string, change: () => Promise<void>) => Promise.all([page.waitForResponse((answer) => answer.url().includes(what) && answer.ok()), change()]);
  await kept("account.updateProfile", () => page.getByLabel("No mail at night").click());
  for (const [name, time] of [["From", from], ["To", to]] as const) {
    await page.getByLabel(name, { exact: true }).fill(time);
    await kept("account.updateProfile", () => page.getByLabel(name, { exact: true }).blur());
  }
  await kept("account.updateProfile", () => page.getByRole("radio", { name: "Daily" }).click());
  await kept("notification.updatePreference", () => page.getByLabel("Copy of data ready: Webhook").click());
  await page.reload();
  await expect(page.getByLabel("From", { exact: true })).toHaveValue(from);
  await expect(page.getByLabel("To", { exact: true })).toHaveValue(to);
  await expect(page.getByRole("radio", { name: "Daily" })).toBeChecked();
  await expect(page.getByLabel("Copy of data ready: Webhook")).toBeChecked();
  await expect(page.getByLabel("Sign-in on a new device: Mail")).toBeDisabled();

  await page.goto("/settings/webhooks");
  await page.getByRole("button", { name: "New webhook" }).click();
  await page.getByLabel("Address").fill("https://hooks.example/in");
  await page.getByLabel("notification.created").click();
  await page.getByRole("button", { name: "Make webhook" }).click();
  await page.getByRole("button", { name: "I have kept it" }).click();

  // A sign-in from a telephone shows in both tabs, and being read in one is read in the other.
  const phone = await browser.newContext({ userAgent: PHONE });
  await signIn(phone, person);
  await phone.close();
  for (const tab of [page, inbox]) await expect(bell(tab, 1)).toBeVisible();
  await expect(inbox.getByRole("link", { name: "New sign-in to your account" })).toBeVisible();
  await expectAccessible(inbox);
  await inbox.getByRole("button", { name: "Mark as read: New sign-in to your account" }).click();
  for (const tab of [page, inbox]) await expect(bell(tab, 0)).toBeVisible();

  // An archive is made by a job: inbox and webhook are told at once, the mail is not sent before the quiet hours end.
  await page.goto("/settings/data");
  await page.getByRole("button", { name: "Make an archive" }).click();
  for (const tab of [page, inbox]) await expect(bell(tab, 1)).toBeVisible({ timeout: 60_000 });
  await bell(page, 1).click();
  await expect(page.getByRole("menuitem", { name: /Your data are ready/ })).toBeVisible();
  await page.getByRole("menuitem", { name: "Mark all as read" }).click();
  for (const tab of [page, inbox]) await expect(bell(tab, 0)).toBeVisible();

  const mails = await onDatabase(async (db) => (await db.query<{ kind: string; held_until: Date | null; sent_at: Date | null }>("SELECT kind, held_until, sent_at FROM outgoing_mail WHERE recipient = $1 AND kind IN ('new-device', 'export-ready') ORDER BY created_at", [person.email])).rows);
  expect(mails.map(({ kind, held_until }) => [kind, held_until && clock(held_until)])).toEqual([["new-device", null], ["export-ready", to]]);
  expect(mails[1]!.sent_at).toBeNull();

  await page.goto("/settings/webhooks");
  await page.getByRole("button", { name: "Deliveries" }).click();
  await page.getByRole("group").getByText("notification.created", { exact: true }).click();
  await expect(page.getByLabel("Sent", { exact: true })).toContainText('"kind": "export.ready"');
});
