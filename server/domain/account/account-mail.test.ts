import { describe, expect, it } from "vitest";
import { accountMail, MAIL_LOCALES, type AccountMail } from "./account-mail";

const at = "21 Nov 2026, 06:00 UTC";
const link = "https://app.example/x#token=abc";
const EVERY: AccountMail[] = [
  { kind: "verify-email", name: "Kim", link, hours: 24 },
  { kind: "address-known", name: null, signInLink: link, resetLink: link },
  { kind: "reset-password", name: "Kim", link, minutes: 60 },
  { kind: "password-changed", name: "Kim", at, resetLink: link },
  { kind: "change-email", name: "Kim", link, hours: 24 },
  { kind: "email-changed", name: "Kim", at, newEmail: "new@app.example" },
  { kind: "new-device", name: "Kim", device: "Firefox · Windows", place: "Seoul", address: "203.0.113.9", at, sessionsLink: link },
  { kind: "session-reused", name: "Kim", at, sessionsLink: link },
  { kind: "mfa-enabled", name: "Kim", at, securityLink: link },
  { kind: "mfa-disabled", name: "Kim", at, securityLink: link },
  { kind: "recovery-code-used", name: "Kim", at, securityLink: link },
  { kind: "provider-linked", name: "Kim", provider: "GitHub", at, securityLink: link },
  { kind: "provider-unlinked", name: "Kim", provider: "Google", at, securityLink: link },
  { kind: "export-ready", name: "Kim", link, until: at },
  { kind: "erasure-requested", name: "Kim", link, on: at },
  { kind: "erasure-cancelled", name: "Kim", at, securityLink: link },
  { kind: "seat-given", name: null, institution: "A Bank", link },
];

describe("accountMail", () => {
  it.each(MAIL_LOCALES.flatMap((locale) => EVERY.map((mail) => ({ locale, mail, kind: mail.kind }))))("writes $kind in $locale as text and HTML with its link", ({ locale, mail }) => {
    const { subject, text, html } = accountMail(locale, mail);
    expect(subject).not.toBe("");
    if (JSON.stringify(mail).includes(link)) {
      expect(text).toContain(link);
      expect(html).toContain(`href="${link}"`);
    }
    expect(`${text}${html}`).not.toMatch(/undefined|\[object/);
  });

  it("lets nothing that a person wrote become markup or a line of its own", () => {
    const name = `<img src=x onerror=alert(1)>"'&\r\nBcc: everybody@example.com`;
    const { subject, text, html } = accountMail("en", { kind: "new-device", name, device: "<b>x</b>", place: "", address: "", at, sessionsLink: link });
    expect(html).not.toMatch(/<img|<b>/);
    expect(text).not.toMatch(/\nBcc/);
    expect(subject).not.toContain("\n");
  });

  it("makes no link of a name", () => {
    const name = "Prize at https://evil.example or evil.example, J. Kim";
    const told = [accountMail("ko", { kind: "verify-email", name, link, hours: 24 }), accountMail("en", { kind: "seat-given", name: null, institution: name, link })];
    for (const { text, html } of told) expect(text + html).not.toMatch(/evil\.example|https:\/\/evil/);
    expect(told[0]!.text).toContain("J. Kim");
  });
});
