import { z } from "zod";
import { randomSecret, seal, unsealWithEither } from "@/server/platform/crypto";
import type { GuestCtx } from "@/server/services/ctx";

const PURPOSE = "known-browser";

/** For how long a browser that a person signed in with is known. */
export const KNOWN_BROWSER_LASTS_MS = 180 * 86_400_000;

const note = z.object({ userId: z.string(), browser: z.string(), until: z.number() });

/** What a browser keeps after its person has signed in. It opens nothing: it only has wrong passwords from there counted apart from those of strangers. */
export const makeKnownBrowser = ({ site, now }: Pick<GuestCtx, "site" | "now">, userId: string): string =>
  seal(site.secret, PURPOSE, JSON.stringify({ userId, browser: randomSecret(12), until: now().getTime() + KNOWN_BROWSER_LASTS_MS } satisfies z.infer<typeof note>));

/** The id of the caller's browser, when this person has signed in with it before; null when not. */
export function knownBrowser({ site, now, origin }: Pick<GuestCtx, "site" | "now" | "origin">, userId: string | null): string | null {
  const text = origin.knownBrowser && unsealWithEither(site, PURPOSE, origin.knownBrowser);
  if (!text) return null;
  const { userId: whose, browser, until } = note.parse(JSON.parse(text));
  return whose === userId && until > now().getTime() ? browser : null;
}
