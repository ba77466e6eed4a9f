import { expect, test } from "./fixtures";

test.use({ launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: ["--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-background-networking", "--disable-component-update", "--disable-sync"] } });

test("without WebGL the graph is drawn flat and says why", async ({ page }) => {
  await page.goto("/dashboard?s=fedFunds:100bp:step:1:40&mode=respond&q=12");
  await expect(page.getByText("This browser draws no WebGL, so the graph is shown flat.")).toBeVisible();
});
