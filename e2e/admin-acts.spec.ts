import type { Page } from "@playwright/test";
import { onDatabase } from "./account-database";
import { expect, expectAccessible, test } from "./fixtures";
import { setUpSecondFactor } from "./pages/second-factor-page";
import { aPerson, confirm, register, signIn, undo } from "./pages/staff-page";

test.skip(!process.env.E2E_DATABASE_URL, "needs the database of the run, where people are given their roles");

async function signedInAdmin(page: Page) {
  const staff = aPerson();
  await register(page, staff, "ADMIN");
  await signIn(page, staff);
  await page.goto("/settings/security");
  await setUpSecondFactor(page);
  return staff;
}

/** A run that waits for its third attempt at a step. */
async function aWaitingRun(): Promise<{ runId: string; functionId: string }> {
  const runId = `01KAR${Date.now().toString().padStart(21, "0")}`;
  return onDatabase(async (db) => {
    const functionId = "nexus-deliver-queued-mail";
    const event = { name: "mail/queued", data: { mailId: "00000000-0000-7000-8000-000000000000" }, id: runId, ts: Date.now(), user: {} };
    await db.query("INSERT INTO runner_run (id, function_id, event_id, event_name, events, stack, pending, limit_keys, limit_sizes) VALUES ($1, $2, $1, $3, $4, '{}', '{}', '{}', '{}')", [runId, functionId, event.name, JSON.stringify([event])]);
    await db.query("INSERT INTO runner_step (run_id, step_id, op, name, attempts, memo) VALUES ($1, 'deliver', 'StepRun', 'deliver', 2, $2)", [runId, JSON.stringify({ error: { name: "Error", message: "The mail server did not answer" } })]);
    await db.query("INSERT INTO runner_job (run_id, kind, step_id, run_at, attempt) VALUES ($1, 'STEP', 'deliver', now() + interval '1 hour', 2)", [runId]);
    return { runId, functionId };
  });
}

test("an admin changes a plan, a company and a flag and takes each back, reads and sends a mail again, cancels a job, and the log has it all", async ({ page }) => {
  test.setTimeout(240_000);
  const person = aPerson();
  await register(page, person, "USER");
  const staff = await signedInAdmin(page);

  await page.goto(`/admin/users?search=${encodeURIComponent(person.email)}`);
  await page.getByRole("link", { name: person.email }).click();
  await page.getByRole("button", { name: "Set plan" }).click();
  await page.getByRole("combobox", { name: "Plan" }).click();
  await page.getByRole("option", { name: "Premium" }).click();
  await page.getByLabel("Reason").fill("Agreed by telephone");
  await confirm(page, "Set plan");
  await expect(page.getByText("Premium", { exact: true })).toBeVisible();
  await undo(page);
  await expect(page.getByText("Premium", { exact: true })).toBeHidden();

  await page.goto("/admin/companies?search=CAT");
  await page.getByRole("button", { name: "Edit: CAT", exact: true }).click();
  await page.getByLabel("CIK (SEC)").fill("12");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").getByText("A CIK has ten digits")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Edit: CAT", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByLabel("Founded").fill("in 1925");
  await confirm(page, "Save");
  await undo(page);

  await page.goto("/admin/flags");
  await page.getByRole("button", { name: "Switch off: mailDelivery" }).click();
  await confirm(page, "Switch off");
  await expect(page.getByRole("button", { name: "Switch on: mailDelivery" })).toBeVisible();
  await undo(page);
  await expect(page.getByRole("button", { name: "Switch off: mailDelivery" })).toBeVisible();

  await page.goto("/admin/mail");
  await page.getByRole("button", { name: `Open: Confirm your e-mail address, ${person.email}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.frameLocator("iframe[sandbox='']").getByRole("link", { name: "Confirm address" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `Send again: Confirm your e-mail address, ${person.email}` }).click();
  await confirm(page, "Send again");

  const { runId, functionId } = await aWaitingRun();
  await page.goto(`/admin/jobs?run=${runId}`);
  await expect(page.getByRole("dialog").getByText("The mail server did not answer")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel run" }).click();
  await expect(page.getByText("A call that is at work runs on")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel run" }).click();
  await expect(page.getByText("Asked for; the runner takes it up in a moment")).toBeVisible();
  await page.goto(`/admin/jobs?function=${functionId}&status=CANCELLED`);
  await expect(page.getByRole("button", { name: `Run again: ${functionId} ${runId.slice(-6)}` })).toBeVisible({ timeout: 30_000 });

  await page.goto(`/admin/audit?actor=${encodeURIComponent(staff.email)}`);
  for (const action of ["tier.set", "company.updated", "flag.set", "mail.opened", "mail.resent", "job.cancelled"]) await expect(page.getByRole("cell", { name: action }).first()).toBeVisible();
});

test("a moderator has a desk, verifies a connection and takes it back, and finds nothing of the admins' panels", async ({ page }) => {
  test.slow();
  const moderator = aPerson();
  await register(page, moderator, "MODERATOR");
  await signIn(page, moderator);

  await page.goto("/admin");
  const panels = page.getByRole("navigation", { name: "Panels" }).getByRole("link");
  await expect(panels).toHaveText(["Overview", "Connections", "Moderation"]);
  await expect(page.getByRole("heading", { name: "Your desk" })).toBeVisible();
  await expectAccessible(page);
  for (const path of ["users", "companies", "instruments", "ingestion", "quality", "jobs", "flags", "audit", "mail", "keys"]) expect((await page.request.get(`/admin/${path}`)).status()).toBe(404);

  await page.getByRole("link", { name: "Go to the connections" }).click();
  await page.getByRole("searchbox", { name: "Company" }).fill("Crown Castle");
  const verify = page.getByRole("button", { name: "Verify: Crown Castle → T-Mobile US" });
  await verify.click();
  await page.getByLabel("Whose document").fill("Crown Castle Inc.");
  await page.getByLabel("Year").fill("2025");
  await page.getByLabel("Its wording").fill("Three tenants account for most of our site rental revenues.");
  await confirm(page, "Verify");
  await expect(verify).toHaveCount(0);

  await page.goto("/admin/connections?state=verified&search=Crown+Castle");
  await page.getByRole("button", { name: "Take back: Crown Castle → T-Mobile US" }).click();
  await page.getByLabel("Reason").fill("It was another page");
  await confirm(page, "Take back");
  await page.goto("/admin/connections?search=Crown+Castle");
  await expect(verify).toBeVisible();
});
