import type { Tier } from "../account/access";
import type { ProviderId } from "../account/provider-names";
import type { PostMove } from "../news/post-move";
import type { NotificationKind } from "./notification-kinds";

export const MFA_CHANGES = ["enabled", "disabled", "recovery-code-used"] as const;
export const PROVIDER_CHANGES = ["linked", "unlinked"] as const;

/** Networks whose public posts are read. */
export const SOCIAL_NETWORKS = ["x", "truth-social"] as const;
export type SocialNetworkName = (typeof SOCIAL_NETWORKS)[number];

type Params = {
  "security.new-device": { device: string; place: string; address: string };
  "security.password-changed": Record<never, never>;
  "security.mfa-changed": { change: (typeof MFA_CHANGES)[number] };
  "security.provider-changed": { change: (typeof PROVIDER_CHANGES)[number]; provider: ProviderId };
  "security.session-reused": Record<never, never>;
  /** The instant at which the archive is deleted. */
  "export.ready": { until: string };
  /** The beginning of the post, and the companies it names, written one after the other. */
  "social.post-moved": { author: string; handle: string; network: SocialNetworkName; reason: PostMove; quote: string; tickers: string };
  "api-key.expiring": { name: string; prefix: string; expiresAt: string };
  "webhook.disabled": { url: string };
  "plan.changed": { from: Tier; to: Tier };
  "plan.payment-failed": Record<never, never>;
};

/** A kind with what it says; instants are ISO texts, and the sentence is made in the reader's language. */
export type NotificationContent = { [Kind in NotificationKind]: { kind: Kind; params: Params[Kind] } }[NotificationKind];
