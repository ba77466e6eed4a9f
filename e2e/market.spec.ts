import { expect, expectAccessible, test } from "./fixtures";

test("a person finds a company, sorts by cover, and reads its statements, price and neighbours", async ({ page }) => {
  test.slow();
  await page.goto("/companies");
  const list = page.getByRole("table", { name: "Companies" });
  await expect(list.getByRole("row")).toHaveCount(51);
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(list.getByRole("row")).toHaveCount(101);

  await page.getByRole("searchbox", { name: "Ticker or name" }).fill("caterpilar");
  await expect(list.getByRole("row", { name: /CAT/ })).toBeVisible();
  await expect(page).toHaveURL(/search=caterpilar/);
  await list.getByRole("link", { name: /CAT/ }).click();

  await expect(page.getByRole("heading", { level: 1, name: /Caterpillar/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /simulated/ }).first()).toBeVisible();
  await expect(page.getByRole("application", { name: /Caterpillar/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Interest \d/ })).toBeVisible();
  await page.getByRole("radio", { name: "Balance sheet" }).click();
  await expect(page.getByRole("row", { name: /Total assets/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Graph neighbours" }).getByRole("listitem").first()).toBeVisible();
});

test("sorting is done by the server and lives in the address", async ({ page }) => {
  await page.goto("/companies?sort=revenue&order=desc&sector=MANUFACTURING");
  const rows = page.getByRole("table", { name: "Companies" }).getByRole("row");
  await expect(rows.nth(1)).toBeVisible();
  await expect(page.getByRole("columnheader", { name: /Revenue/ })).toHaveAttribute("aria-sort", "descending");
  await expect(rows.nth(1)).toContainText("Manufacturing");
});

test("an unknown ticker is a 404 with near matches", async ({ page }) => {
  const response = await page.goto("/companies/CATT");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("main").getByRole("link", { name: /CAT/ }).first()).toBeVisible();
});

test("no match offers to clear the filters", async ({ page }) => {
  await page.goto("/companies?search=zzzzzzzzqq");
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(page.getByRole("table", { name: "Companies" }).getByRole("row")).toHaveCount(51);
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`list and company keep the accessibility rules, ${colorScheme}`, async ({ page, context, baseURL }) => {
    test.slow();
    await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL }]);
    await page.goto("/companies");
    await expect(page.getByRole("table", { name: "Companies" })).toBeVisible();
    await expectAccessible(page);
    await page.goto("/companies/CAT");
    await expect(page.getByRole("region", { name: "Graph neighbours" }).getByRole("listitem").first()).toBeVisible();
    await expectAccessible(page);
  });
}
