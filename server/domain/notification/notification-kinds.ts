/** Where a person is told of something. */
export const NOTIFICATION_WAYS = ["inbox", "mail", "webhook"] as const;
export type NotificationWay = (typeof NOTIFICATION_WAYS)[number];
export type NotificationChoice = Record<NotificationWay, boolean>;

export const NOTIFICATION_GROUPS = ["security", "data", "markets", "developers", "plan"] as const;
export type NotificationGroup = (typeof NOTIFICATION_GROUPS)[number];

type KindRule = {
  group: NotificationGroup;
  /** Path within the product that shows what happened. */
  link: string;
  defaults: NotificationChoice;
  /** Mails of the security of an account cannot be switched off and wait for no morning: they are how a person learns of a thief. */
  urgent: boolean;
};

const security = { group: "security", link: "/settings/security", defaults: { inbox: true, mail: true, webhook: false }, urgent: true } as const;
const plan = { group: "plan", link: "/settings/billing", defaults: { inbox: true, mail: true, webhook: false }, urgent: false } as const;

/** Every kind of notification; a part of the product that tells of something new adds its line here, its parameters in the contract and its letter in `notificationMail`. */
export const KIND_RULES = {
  "security.new-device": security,
  "security.password-changed": security,
  "security.mfa-changed": security,
  "security.provider-changed": security,
  "security.session-reused": security,
  "export.ready": { group: "data", link: "/settings/data", defaults: { inbox: true, mail: true, webhook: false }, urgent: false },
  "social.post-moved": { group: "markets", link: "/news?view=social", defaults: { inbox: true, mail: false, webhook: false }, urgent: false },
  "api-key.expiring": { group: "developers", link: "/settings/api-keys", defaults: { inbox: true, mail: true, webhook: true }, urgent: false },
  "webhook.disabled": { group: "developers", link: "/settings/webhooks", defaults: { inbox: true, mail: true, webhook: true }, urgent: false },
  "plan.changed": plan,
  "plan.payment-failed": plan,
} as const satisfies Record<string, KindRule>;

export type NotificationKind = keyof typeof KIND_RULES;
export const NOTIFICATION_KINDS = Object.keys(KIND_RULES) as readonly NotificationKind[];

export const ruleOf = (kind: NotificationKind): KindRule => KIND_RULES[kind];

/** What holds for a kind: the person's own choice, else the default; urgent mail is sent whatever was chosen. */
export function choiceOf(kind: NotificationKind, own: NotificationChoice | null): NotificationChoice {
  const { defaults, urgent } = ruleOf(kind);
  const { inbox, mail, webhook } = own ?? defaults;
  return { inbox, mail: mail || urgent, webhook };
}
