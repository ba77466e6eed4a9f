import { randomSecret, seal, unsealWithEither } from "@/server/platform/crypto";
import type { Ctx } from "@/server/services/ctx";

const PURPOSE = "webhook-secret";

/** A new secret: shown to the person once, and kept sealed because every delivery is signed with it. */
export function newWebhookSecret({ site }: Pick<Ctx, "site">): { secret: string; sealed: string } {
  const secret = `whsec_${randomSecret(32)}`;
  return { secret, sealed: seal(site.secret, PURPOSE, secret) };
}

/** Null when it was sealed with neither the installation's secret nor the one before. */
export const openWebhookSecret = ({ site }: Pick<Ctx, "site">, sealed: string): string | null => unsealWithEither(site, PURPOSE, sealed);

/** The same secret, sealed with the installation's secret in force; null as above. */
export function resealWebhookSecret({ site }: Pick<Ctx, "site">, sealed: string): string | null {
  const secret = openWebhookSecret({ site }, sealed);
  return secret === null ? null : seal(site.secret, PURPOSE, secret);
}
