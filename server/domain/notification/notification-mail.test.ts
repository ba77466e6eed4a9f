import { describe, expect, it } from "vitest";
import { accountMail, MAIL_LOCALES } from "../account/account-mail";
import type { NotificationContent } from "./notification-content";
import { choiceOf, NOTIFICATION_KINDS, ruleOf } from "./notification-kinds";
import { notificationMail } from "./notification-mail";

const EVERY: NotificationContent[] = [
  { kind: "security.new-device", params: { device: "Firefox · Windows", place: "Seoul", address: "203.0.113.9" } },
  { kind: "security.password-changed", params: {} },
  ...(["enabled", "disabled", "recovery-code-used"] as const).map((change) => ({ kind: "security.mfa-changed" as const, params: { change } })),
  ...(["linked", "unlinked"] as const).map((change) => ({ kind: "security.provider-changed" as const, params: { change, provider: "github" as const } })),
  { kind: "security.session-reused", params: {} },
  { kind: "export.ready", params: { until: "2026-11-28T15:30:00.000Z" } },
  { kind: "social.post-moved", params: { author: "A. Founder", handle: "founder", network: "x", reason: "ticker", quote: "We ship next week", tickers: "TSLA" } },
  { kind: "api-key.expiring", params: { name: "Desk", prefix: "nxa_live_AbC12345", expiresAt: "2026-11-28T15:30:00.000Z" } },
  { kind: "webhook.disabled", params: { url: "https://hooks.example/in" } },
  { kind: "plan.changed", params: { from: "FREE", to: "PRO" } },
  { kind: "plan.payment-failed", params: {} },
];
const letter = (locale: (typeof MAIL_LOCALES)[number], content: NotificationContent) =>
  accountMail(locale, notificationMail(content, { name: "Kim", locale, timeZone: "Asia/Seoul" }, { at: new Date("2026-11-21T06:00:00Z"), siteUrl: "https://app.example" }));

describe("notificationMail", () => {
  it("has a letter for every kind, in every language, that leads to the page of what happened", () => {
    expect([...new Set(EVERY.map(({ kind }) => kind))].sort()).toEqual([...NOTIFICATION_KINDS].sort());
    for (const locale of MAIL_LOCALES) {
      for (const content of EVERY) {
        const { subject, text } = letter(locale, content);
        expect(subject, content.kind).not.toBe("");
        expect(text).toContain(content.kind === "security.password-changed" ? "https://app.example/forgot-password" : `https://app.example${ruleOf(content.kind).link}`);
        expect(text).not.toMatch(/undefined|\[object/);
      }
    }
  });

  it("writes instants on the reader's clock", () => {
    expect(letter("en", { kind: "export.ready", params: { until: "2026-11-28T15:30:00.000Z" } }).text).toMatch(/November 29, 2026 at 12:30/);
  });
});

describe("choiceOf", () => {
  it("is the person's own, else the default, and sends urgent mail whatever was chosen", () => {
    const none = { inbox: false, mail: false, webhook: false };
    for (const kind of NOTIFICATION_KINDS) {
      expect(choiceOf(kind, null)).toEqual(ruleOf(kind).defaults);
      expect(choiceOf(kind, none)).toEqual({ ...none, mail: ruleOf(kind).urgent });
      expect(ruleOf(kind).urgent).toBe(kind.startsWith("security."));
    }
  });
});
