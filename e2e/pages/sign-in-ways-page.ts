import type { Locator, Page } from "@playwright/test";
import { expect, expectHydrated } from "../fixtures";

type Provider = "Google" | "Apple" | "GitHub";

/** The sign-in page, the part of the security settings about providers, and the providers' own pages between them. */
export class SignInWaysPage {
  constructor(private readonly page: Page, private readonly appUrl: string) {}

  async openSignIn(): Promise<void> {
    await this.page.goto(`${this.appUrl}/sign-in?to=/settings/security`);
  }

  button = (name: string): Locator => this.page.getByRole("button", { name, exact: true });

  private async press(button: Locator): Promise<void> {
    await expectHydrated(button);
    await button.click();
  }

  /** Presses a provider's button here and decides there. */
  async signIn(provider: Provider, decision: "Allow" | "Cancel" = "Allow"): Promise<void> {
    await this.press(this.button(`Go on with ${provider}`));
    await this.button(decision).click();
  }

  async askToLink(provider: Provider): Promise<void> {
    await this.press(this.button(`Link ${provider}`));
  }

  async link(provider: Provider, decision: "Allow" | "Cancel" = "Allow"): Promise<void> {
    await this.askToLink(provider);
    await this.button(decision).click();
  }

  async unlink(provider: Provider): Promise<void> {
    await this.press(this.button(`Unlink ${provider}`));
  }

  async expectLinked(...linked: Provider[]): Promise<void> {
    for (const provider of ["Google", "Apple", "GitHub"] as const) await expect(this.button(`${linked.includes(provider) ? "Unlink" : "Link"} ${provider}`)).toBeVisible();
  }
}
