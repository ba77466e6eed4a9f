import { expect, expectAccessible, test } from "./fixtures";

const SHOCK = "s=fedFunds:100bp:step:1:40&mode=respond&q=12";

test("the main job: shock a driver on the graph, open the company, and read its circuit under the same scenario", async ({ page }) => {
  test.slow();
  await page.goto(`/dashboard?${SHOCK}&view=table&node=company:AMT`);
  const side = page.getByRole("complementary", { name: "Details" }).or(page.getByRole("region", { name: "Details" })).first();
  await expect(side.getByText("American Tower").first()).toBeVisible();
  await expect(side.getByText("What moved it")).toBeVisible();
  await side.getByRole("link", { name: "Open circuit" }).click();
  await expect(page).toHaveURL(/\/circuit\/AMT\?.*s=fedFunds:100bp/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("American Tower");
  await expect(page.getByText(/worst residual/).first()).toBeVisible();
});

test("the graph shows as a picture, flat and as tables, and the address keeps the choice", async ({ page }) => {
  test.slow();
  await page.goto(`/dashboard?${SHOCK}`);
  await expect(page.getByRole("heading", { level: 1, name: "Graph" })).toBeVisible();
  await page.getByRole("radio", { name: "2D" }).click();
  await expect(page).toHaveURL(/view=2d/i);
  await page.getByRole("radio", { name: "Table" }).click();
  await expect(page).toHaveURL(/view=table/);
  await expect(page.getByRole("table").first()).toBeVisible();
});

for (const [path, ready] of [["/", /Nexus/], [`/dashboard?${SHOCK}&view=2d&node=company:AMT`, /What moved it/], [`/dashboard?${SHOCK}&view=table`, /Most moved/]] as const) {
  test(`${path} keeps the accessibility rules`, async ({ page }) => {
    test.slow();
    await page.goto(path);
    await expect(page.getByText(ready).first()).toBeVisible();
    await expectAccessible(page);
  });
}
