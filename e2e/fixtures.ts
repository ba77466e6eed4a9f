import { createHash, randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Locator, type Page } from "@playwright/test";

type Guards = {
  /** Fails the test when a script of a page broke or its content security policy stopped something. */
  faultless: { allow(pattern: RegExp): void };
};

export const test = base.extend<Guards>({
  // The limits on requests count each test apart, as they would people at different addresses.
  extraHTTPHeaders: async ({}, give, { testId, retry }) => {
    const bits = createHash("sha256").update(`${testId}/${retry}`).digest();
    await give({ "x-forwarded-for": `10.${bits[0]}.${bits[1]}.${bits[2]}` });
  },
  faultless: [
    async ({ context }, use) => {
      const faults: string[] = [];
      const allowed: RegExp[] = [];
      const watch = (page: Page) => {
        page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
        page.on("console", (message) => {
          if (message.type() === "error" && /Content Security Policy|Hydration|did not match/i.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
        });
      };
      context.on("page", watch);
      await use({ allow: (pattern) => void allowed.push(pattern) });
      expect(faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Expects no fault of the WCAG 2.2 A and AA rules on what the page shows now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help} – ${nodes.map(({ target }) => target.join(" ")).slice(0, 5).join("; ")}`);
  expect(found).toEqual([]);
}

/** Waits until React listens to an element: what the server sent shows before a press on it does anything. */
export async function expectHydrated(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((node) => Object.keys(node).some((key) => key.startsWith("__reactProps")))).toBe(true);
}

/** A secret that must stand in no log of the run: `npm test` searches them for it afterwards. */
export function keptSecret(name: string, value: string = randomBytes(24).toString("base64url")): string {
  const file = process.env.E2E_SECRETS_FILE;
  if (file) appendFileSync(file, `${JSON.stringify({ name, value })}\n`);
  return value;
}
