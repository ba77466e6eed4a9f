import { expect, expectAccessible, expectHydrated, test } from "./fixtures";

const CIRCUIT = "/circuit/AMT?s=fedFunds:100bp:step:1:40&mode=respond&q=12";

test("a person reads a solved circuit, steps through its quarters by keyboard, and finds every wire in the table", async ({ page }) => {
  await page.goto(CIRCUIT);
  await expect(page.getByText("Every junction balances").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /^.*Interest/ }).first()).toBeVisible();
  await expectHydrated(page.getByRole("radio", { name: "Before" }));
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/at=9/);
  await page.keyboard.press("[");
  await expect(page).toHaveURL(/at=8/);
  await page.getByRole("radio", { name: "Before" }).click();
  await expect(page).toHaveURL(/overlay=before/);
});

test("a bank has no circuit yet and the page says why", async ({ page }) => {
  await page.goto("/circuit/JPM");
  await expect(page.getByRole("main").getByText(/bank/i).first()).toBeVisible();
  await expect(page.getByText("Something went wrong")).toHaveCount(0);
});

test("an unknown ticker is a 404 with near matches", async ({ page }) => {
  const response = await page.goto("/circuit/AMTT");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("main").getByRole("link", { name: /AMT/ }).first()).toBeVisible();
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`picker and circuit keep the accessibility rules, ${colorScheme}`, async ({ page, context, baseURL }) => {
    test.slow();
    await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL }]);
    await page.goto("/circuit");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await page.goto(CIRCUIT);
    await expect(page.getByText("Every junction balances").first()).toBeVisible();
    await expectAccessible(page);
  });
}

test("on a phone the circuit is one trunk and nothing scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(CIRCUIT);
  await expect(page.getByText(/worst residual/).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});
