import { expect, expectAccessible, test } from "./fixtures";

test("a person finds a coin on the board, sees why there is no premium, and reads where its figures come from", async ({ page }) => {
  await page.goto("/crypto");
  await expect(page.getByRole("heading", { level: 1, name: "Crypto" })).toBeVisible();
  await expect(page.getByText("Won per dollar, banks")).toBeVisible();
  await page.goto("/crypto/BTC");
  await expect(page.getByRole("heading", { level: 1, name: /Bitcoin/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Risk" }).getByText("Volatility, 30 days")).toBeVisible();
  const rules = page.getByRole("region", { name: "Rules of size" });
  await expect(rules.getByText("this is no advice")).toBeVisible();
  await expect(rules.getByRole("button", { name: /assumed/ }).first()).toBeVisible();
  await page.getByRole("tab", { name: "Concept" }).click();
  await expect(page).toHaveURL(/tab=concept/);
  await expect(page.getByText("Nobody has told of this coin's background")).toBeVisible();
  await page.getByRole("tab", { name: "Ecosystem" }).click();
  await expect(page.getByText("No development figures are stored")).toBeVisible();
});

test("an unknown coin is a 404", async ({ page }) => {
  expect((await page.goto("/crypto/NOSUCHCOIN"))?.status()).toBe(404);
});

test("board and coin keep the accessibility rules", async ({ page }) => {
  test.slow();
  await page.goto("/crypto");
  await expect(page.getByRole("table", { name: "Crypto" })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/crypto/BTC");
  await expect(page.getByRole("region", { name: "Rules of size" })).toBeVisible();
  await expectAccessible(page);
});
