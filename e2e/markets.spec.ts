import { expect, expectAccessible, expectHydrated, test } from "./fixtures";

test("a person sees what is open, asks what a term means, follows the lean to its evidence and walks the correlations", async ({ page }) => {
  test.slow();
  await page.goto("/markets");
  const clocks = page.getByRole("list", { name: "Which markets are open" });
  await expect(clocks.getByRole("listitem")).toHaveCount(5);
  const coins = clocks.getByRole("button", { name: /Coins/ });
  await expect(coins).toContainText("Open");
  const internals = page.getByRole("tab", { name: "Internals" });
  await expectHydrated(internals);
  await internals.click();
  await expect(page).toHaveURL(/tab=internals/);
  await page.getByRole("button", { name: "What is Arms index?" }).click();
  await expect(page.getByRole("dialog", { name: "Arms index" })).toContainText("Below 1");
  await page.keyboard.press("Escape");
  const evidence = page.getByRole("table", { name: "Market bias" });
  await expect(evidence.getByRole("columnheader", { name: "Would turn it" })).toBeVisible();
  await expect(evidence.getByRole("row")).toHaveCount(10);

  await page.getByRole("tab", { name: "Correlation" }).click();
  const cell = page.getByRole("grid").locator("[tabindex='0']");
  await cell.focus();
  const before = await cell.getAttribute("aria-label");
  await page.keyboard.press("ArrowDown");
  expect(await page.locator(":focus").getAttribute("aria-label")).not.toBe(before);
});

test("the board says which shares stand on it and why, finds one and leads to its company", async ({ page }) => {
  await page.goto("/markets?tab=sp500");
  await expect(page.getByText("No list of the S&P 500's members is stored")).toBeVisible();
  await page.getByRole("searchbox", { name: "Symbol or name" }).fill("nvidia");
  const board = page.getByRole("table", { name: "S&P 500" });
  await expect(board.getByRole("row")).toHaveCount(2);
  await board.getByRole("link", { name: /NVDA/ }).click();
  await expect(page).toHaveURL(/\/companies\/NVDA/);
});

test("the markets keep the accessibility rules", async ({ page }) => {
  test.slow();
  for (const tab of ["overview", "sp500", "internals", "correlation"]) {
    await page.goto(tab === "overview" ? "/markets" : `/markets?tab=${tab}`);
    await expect(tab === "correlation" ? page.getByRole("grid") : page.getByRole("table").first()).toBeVisible();
    await expectAccessible(page);
  }
});
