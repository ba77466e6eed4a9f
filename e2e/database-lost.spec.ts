import { startAppBehindGate, type AppBehindGate } from "./app-behind-gate";
import { expect, test } from "./fixtures";

const { E2E_DATABASE_URL: databaseUrl, E2E_DIST_DIR: distDir, E2E_LOG_FOLDER: logFolder } = process.env;

test.describe("a lost database", () => {
  test.skip(!databaseUrl || !distDir || !logFolder, "needs the build and the database of `npm test`");
  test.describe.configure({ mode: "serial" });

  let app: AppBehindGate;
  test.beforeAll(async () => {
    app = await startAppBehindGate({ databaseUrl: databaseUrl!, distDir: distDir!, logFolder: logFolder! });
  });
  test.afterAll(() => app?.stop());

  test("is said on an open page, which goes on by itself when it is back", async ({ page, request }) => {
    test.slow();
    await page.goto(`${app.url}/macro`);
    const series = page.getByRole("main").getByRole("link", { name: /Federal Funds/i }).first();
    await expect(series).toBeVisible();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));

    await app.cut();
    expect((await request.get(`${app.url}/health`)).status()).toBe(503);
    await series.click();
    const alert = page.getByRole("main").getByRole("alert").filter({ hasText: "The database cannot be reached" });
    await expect(alert).toBeVisible({ timeout: 30_000 });
    await expect(alert.getByRole("button", { name: "Try again" })).toBeVisible();

    await app.mend();
    await expect(page.getByRole("heading", { level: 1, name: /Federal Funds/i })).toBeVisible({ timeout: 45_000 });
    await expect(alert).toBeHidden();
    expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
    expect((await request.get(`${app.url}/health`)).status()).toBe(200);
  });

  test("leaves a page that is opened meanwhile waiting for it, and not broken", async ({ page, faultless }) => {
    test.slow();
    // React's word for a part that the server could not draw and the browser draws instead.
    faultless.allow(/React error #419/);
    await app.cut();
    const response = await page.goto(`${app.url}/companies/CAT`);
    expect(response?.status()).toBe(200);
    await expect(page.getByRole("main").getByRole("alert").filter({ hasText: "The database cannot be reached" }).first()).toBeVisible({ timeout: 30_000 });
    await app.mend();
    await expect(page.getByRole("heading", { level: 1, name: /Caterpillar/ })).toBeVisible({ timeout: 45_000 });
  });
});
