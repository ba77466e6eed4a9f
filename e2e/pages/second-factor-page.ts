import type { Page } from "@playwright/test";
import { generate } from "otplib";
import { expect, expectHydrated, keptSecret } from "../fixtures";

/** Sets up two-step sign-in on /settings/security, where the page is; gives the key of the authenticator app, and when its first code was used. */
export async function setUpSecondFactor(page: Page): Promise<{ secret: string; enrolledAt: number }> {
  await expectHydrated(page.getByRole("button", { name: "Set up" }));
  await page.getByRole("button", { name: "Set up" }).click();
  const secret = keptSecret("the key of an authenticator app", (await page.getByTestId("mfa-key").textContent())!);
  await page.getByLabel("Code", { exact: true }).fill(await generate({ secret }));
  const enrolledAt = Date.now();
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 recovery codes are left")).toBeVisible();
  return { secret, enrolledAt };
}
