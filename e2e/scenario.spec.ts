import { expect, expectAccessible, test } from "./fixtures";

const FED_UP = "/scenarios?s=fedFunds:100bp:step:1:40&mode=respond&q=12";

test("a person shocks a driver, reads what it does to a company, and shares the screen by its address", async ({ page }) => {
  test.slow();
  await page.goto("/scenarios");
  const companies = page.getByRole("table", { name: "Companies" });
  await expect(companies).toBeVisible();

  await page.getByRole("button", { name: "Oil −20%" }).click();
  await expect(page).toHaveURL(/s=oil:-20percent/);
  await expect(page.getByRole("region", { name: "Oil" })).toBeVisible();

  const size = page.getByRole("textbox", { name: "Size" });
  await size.fill("-30");
  await expect(page.getByText("Changed since the last run")).toBeVisible();
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(page).toHaveURL(/s=oil:-30percent/);

  await page.getByRole("searchbox", { name: "Filter companies" }).fill("caterp");
  await companies.getByRole("row", { name: /CAT/ }).click();
  await expect(page).toHaveURL(/company=CAT/);
  await expect(page.getByText(/The parts add up to the total; worst difference/)).toBeVisible();

  const shared = page.url();
  await page.goto("/companies");
  await page.goto(shared);
  await expect(page.getByRole("textbox", { name: "Size" })).toHaveValue("-30");
  await expect(page.getByRole("link", { name: "Open circuit" })).toHaveAttribute("href", /\/circuit\/CAT\?s=oil:-30percent/);
});

test("holding the others says so for each of them", async ({ page }) => {
  await page.goto("/scenarios?s=fedFunds:100bp:step:1:40&mode=hold&q=12");
  await expect(page.getByRole("row", { name: /Unemployment held/ })).toBeVisible();
});

test("an input out of range is refused at its field, and nothing of the result is lost", async ({ page }) => {
  await page.goto(FED_UP);
  await expect(page.getByRole("table", { name: "Companies" })).toBeVisible();
  const size = page.getByRole("textbox", { name: "Size" });
  for (const bad of ["99999", "abc", ""]) {
    await size.fill(bad);
    await page.getByRole("button", { name: /^Run/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: /Fed funds may move|is a number/ })).toBeVisible();
    await expect(page).toHaveURL(/fedFunds:100bp/);
  }
  await expect(page.getByRole("table", { name: "Companies" })).toBeVisible();
});

test("a link that cannot be read says which part, and shows the first scenario instead", async ({ page }) => {
  await page.goto("/scenarios?s=moon:5bp:step:1:40&mode=respond&q=12");
  await expect(page.getByRole("alert").filter({ hasText: "moon" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Companies" })).toBeVisible();
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`the page keeps the accessibility rules, ${colorScheme}`, async ({ page, context, baseURL }) => {
    test.slow();
    await context.addCookies([{ name: "theme", value: colorScheme, url: baseURL }]);
    await page.goto(`${FED_UP}&company=CAT`);
    await expect(page.getByText(/The parts add up to the total/)).toBeVisible();
    await expectAccessible(page);
  });
}

test("the API refuses a wrong scenario by naming the field", async ({ request }) => {
  const run = async (spec: unknown) => {
    const response = await request.post("/api/trpc/scenario.run", { data: JSON.stringify(spec), headers: { "content-type": "application/json" } });
    const body = await response.json();
    return { status: response.status(), error: body.error?.data?.error };
  };
  const shock = { driver: "fedFunds", size: 100, unit: "bp" };
  expect(await run({ shocks: [{ ...shock, size: 5_000 }] })).toMatchObject({ status: 400, error: { code: "INVALID_INPUT", details: { field: "shocks.0.size" } } });
  expect(await run({ shocks: [{ ...shock, size: null }] })).toMatchObject({ status: 400, error: { code: "INVALID_INPUT", details: { field: "shocks.0.size" } } });
  expect(await run({ shocks: [shock, { ...shock, driver: "moon" }] })).toMatchObject({ status: 400, error: { code: "INVALID_INPUT", details: { field: "shocks.1.driver" } } });
  expect(await run({ shocks: Array.from({ length: 200 }, () => shock) })).toMatchObject({ status: 400, error: { code: "INVALID_INPUT", details: { field: "shocks" } } });
  expect(await run({ shocks: [shock], quarters: 400 })).toMatchObject({ status: 400, error: { code: "INVALID_INPUT", details: { field: "quarters" } } });
});
