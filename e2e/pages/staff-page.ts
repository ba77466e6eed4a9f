import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { onDatabase } from "../account-database";
import { expect, expectHydrated, keptSecret } from "../fixtures";

export type Person = { email: string; password: string };
export const aPerson = (): Person => ({ email: `e2e-${randomBytes(6).toString("hex")}@example.com`, password: keptSecret("the password of a person", `copper lantern ${randomBytes(9).toString("hex")}`) });

/** Registers by the API and confirms in the database: the door itself is the story of accounts. */
export async function register(page: Page, { email, password }: Person, role: "USER" | "MODERATOR" | "ADMIN") {
  const answer = await page.request.post("/api/v1/auth/register", { data: { email, password } });
  expect(answer.ok()).toBe(true);
  // The account is made after the answer, so that its time tells nothing.
  await expect.poll(() => onDatabase(async (db) => (await db.query("UPDATE user_account SET email_verified_at = now(), role = $2::role WHERE email = $1", [email, role])).rowCount)).toBe(1);
}

export async function signIn(page: Page, { email, password }: Person) {
  await page.goto("/sign-in");
  await expectHydrated(page.getByRole("button", { name: "Sign in", exact: true }));
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/dashboard/);
}

/** Presses the button of the window that asks, and waits until it has done what it said. */
export async function confirm(page: Page, action: string) {
  const window = page.getByRole("dialog", { includeHidden: false });
  await window.getByRole("button", { name: action, exact: true }).click();
  await expect(window).toHaveCount(0);
}

/** Takes back what was done last, while its news is on the screen. */
export async function undo(page: Page) {
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("listitem").getByText("Undone", { exact: true })).toBeVisible();
}
