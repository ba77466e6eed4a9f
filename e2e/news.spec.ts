import { randomBytes } from "node:crypto";
import { anArticle, storedArticles } from "@/server/testing/factories/news-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { expect, expectAccessible, expectHydrated, test } from "./fixtures";

const connectionString = process.env.E2E_DATABASE_URL;
test.skip(!connectionString, "needs the database of the run, where the articles are stored");

/** A word that stands in no other headline; of letters, since search splits at digits. */
const word = `zq${randomBytes(6).toString("hex").replace(/\d/g, (digit) => "ghjkmnprst"[Number(digit)]!)}`;

test.beforeAll(async () => {
  const ctx = createTestCtx({ connectionString });
  const day = (ago: number) => new Date(Date.now() - ago * 3_600_000);
  await storedArticles(ctx, [
    anArticle(`${word} profit surges to a record high`, { publishedAt: day(2) }),
    anArticle(`${word} shares plunge after a profit warning`, { publishedAt: day(3) }),
    anArticle(`${word} opens an office in Lisbon`, { publishedAt: day(4) }),
  ]);
  await ctx.db.$disconnect();
});

test("a person searches the news, filters them by mood, opens what is similar and shares the address", async ({ page }) => {
  await page.goto("/news");
  const search = page.getByRole("searchbox", { name: "Search headlines" });
  await expectHydrated(search);
  await search.fill(`${word} profit`);
  await expect(page).toHaveURL(new RegExp(`q=${word}\\+profit`));
  const list = page.getByRole("list", { name: /headlines?$/ });
  await expect(list.getByRole("link", { name: new RegExp(`${word} profit surges`) })).toHaveAttribute("rel", /noopener nofollow/);
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("combobox", { name: "Mood" }).click();
  await page.getByRole("option", { name: "Negative" }).click();
  await expect(page).toHaveURL(/sentiment=negative/);
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await list.getByRole("button", { name: /^Details/ }).click();
  const drawer = page.getByRole("dialog", { name: "Article" });
  await expect(drawer.getByRole("heading", { name: new RegExp(`${word} shares plunge`) })).toBeVisible();
  await expect(drawer.getByText("plunge −")).toBeVisible();
  await expect(drawer.getByRole("heading", { name: "Similar headlines" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page);
});

test("a mistyped word is corrected and said to be", async ({ page }) => {
  await page.goto(`/news?q=${word.slice(0, -1)}x`);
  await expect(page.getByRole("status").filter({ hasText: word })).toBeVisible();
});

test("the page says how good its mood is and what it gets wrong", async ({ page }) => {
  await page.goto("/news?view=sources");
  await expect(page.getByText("70.4%")).toBeVisible();
  await expect(page.getByText("0.697")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What it gets wrong" })).toBeVisible();
  await expectAccessible(page);
});

test("an empty calendar says where its dates come from, and keeps week and kind in the address", async ({ page }) => {
  await page.goto("/calendar?kind=economic&at=2031-01-08");
  await expect(page.getByText("Jan 6, 2031 – Jan 12, 2031")).toBeVisible();
  await expect(page.getByText(/Publication dates come from/)).toBeVisible();
  await page.getByRole("tab", { name: "IPO" }).click();
  await expect(page).toHaveURL(/kind=ipo/);
  await page.getByRole("button", { name: "Later" }).click();
  await expect(page.getByText("Jan 13, 2031 – Jan 19, 2031")).toBeVisible();
  await expectAccessible(page);
});
