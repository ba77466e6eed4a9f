import { expect, expectAccessible, test } from "./fixtures";

test("a person finds a series, reads its history as a chart and as a table, and shocks it", async ({ page }) => {
  await page.goto("/macro");
  await page.getByRole("searchbox", { name: "Code, name or publisher" }).fill("federal funds");
  await page.getByRole("link", { name: "Effective federal funds rate FEDFUNDS" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/federal funds/i);
  await page.getByRole("button", { name: "Table" }).click();
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await page.getByRole("link", { name: "Shock it" }).click();
  await expect(page).toHaveURL(/\/scenarios\?s=fedFunds:100bp/);
});

test("a series as it was known before its first value says that nothing was known", async ({ page }) => {
  await page.goto("/macro/UNRATE?asOf=1900-01-01");
  await page.getByRole("button", { name: "Newest" }).click();
  await expect(page).not.toHaveURL(/asOf/);
});

test("an unknown series is a 404", async ({ page }) => {
  expect((await page.goto("/macro/NOSUCHSERIES"))?.status()).toBe(404);
});

test("list and series keep the accessibility rules", async ({ page }) => {
  test.slow();
  await page.goto("/macro");
  await expect(page.getByRole("table", { name: "Macro" })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/macro/FEDFUNDS");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
});
