import type { AccountMail } from "../account/account-mail";
import { PROVIDER_NAMES } from "../account/provider-names";
import { writtenInstant } from "../account/written-instant";
import type { NotificationContent } from "./notification-content";
import { ruleOf } from "./notification-kinds";

type Reader = { name: string | null; locale: string; timeZone: string };

/** The letter that tells a person of a notification, with its instants on their clock. */
export function notificationMail(content: NotificationContent, { name, ...reader }: Reader, { at, siteUrl }: { at: Date; siteUrl: string }): AccountMail {
  const link = `${siteUrl}${ruleOf(content.kind).link}`;
  const happened = writtenInstant(at, reader);
  const written = (instant: string) => writtenInstant(new Date(instant), reader);
  switch (content.kind) {
    case "security.new-device":
      return { kind: "new-device", name, ...content.params, at: happened, sessionsLink: link };
    case "security.password-changed":
      return { kind: "password-changed", name, at: happened, resetLink: `${siteUrl}/forgot-password` };
    case "security.mfa-changed": {
      const { change } = content.params;
      return { kind: change === "recovery-code-used" ? change : `mfa-${change}`, name, at: happened, securityLink: link };
    }
    case "security.provider-changed":
      return { kind: `provider-${content.params.change}`, name, provider: PROVIDER_NAMES[content.params.provider], at: happened, securityLink: link };
    case "security.session-reused":
      return { kind: "session-reused", name, at: happened, sessionsLink: link };
    case "export.ready":
      return { kind: "export-ready", name, link, until: written(content.params.until) };
    case "social.post-moved":
      return { kind: "post-moved", name, author: content.params.author, quote: content.params.quote, tickers: content.params.tickers, link };
    case "api-key.expiring":
      return { kind: "api-key-expiring", name, keyName: content.params.name, prefix: content.params.prefix, on: written(content.params.expiresAt), link };
    case "webhook.disabled":
      return { kind: "webhook-disabled", name, url: content.params.url, link };
    case "plan.changed":
      return { kind: "plan-changed", name, ...content.params, link };
    case "plan.payment-failed":
      return { kind: "payment-failed", name, link };
  }
}
