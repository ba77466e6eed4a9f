import { defineConfig } from "@playwright/test";

/** `npm test` sets the address of a built and seeded app and the browser; by hand both can be set to anything that runs. */
const baseURL = process.env.E2E_BASE_URL ?? "http://127.0.0.1:3000";
const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../test-results",
  // Software rendering of the 3D graph takes a core per browser.
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Software WebGL shares two cores with everything else; a test that passes at the second try is counted and named as flaky.
  retries: Number(process.env.E2E_RETRIES ?? 1),
  reporter: [["line"]],
  use: {
    baseURL,
    locale: "en-US",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
    },
  },
});
