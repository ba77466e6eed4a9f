import { randomSecret, seal, unseal } from "@/server/platform/crypto";
import type { Ctx } from "@/server/services/ctx";

const PURPOSE = "webhook-secret";

/** A new secret: shown to the person once, and kept sealed because every delivery is signed with it. */
export function newWebhookSecret({ site }: Pick<Ctx, "site">): { secret: string; sealed: string } {
  const secret = `whsec_${randomSecret(32)}`;
  return { secret, sealed: seal(site.secret, PURPOSE, secret) };
}

/** Null when the installation's secret is not the one it was sealed with. */
export const openWebhookSecret = ({ site }: Pick<Ctx, "site">, sealed: string): string | null => unseal(site.secret, PURPOSE, sealed);
