import type { OauthProvider } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";

type Outcome = { ok: true; url: string } | { ok: false; reason: string };

async function csrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  return ((await answer.json()) as { csrfToken: string }).csrfToken;
}

/** Posts to next-auth, whose answer is an address: with what went wrong in it, or to go on to. */
async function post(path: string, fields: Record<string, string>): Promise<Outcome> {
  try {
    const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: "true" });
    const answer = await fetch(`/api/auth/${path}`, { method: "POST", body });
    const { url } = (await answer.json()) as { url?: string };
    const reason = url ? new URL(url, location.origin).searchParams.get("error") : "UNAVAILABLE";
    return url && answer.ok && reason === null ? { ok: true, url } : { ok: false, reason: reason ?? "SIGN_IN_REFUSED" };
  } catch {
    return { ok: false, reason: "UNAVAILABLE" };
  }
}

export type SignInFields = { email?: string; password?: string; code?: string; newPassword?: string; halfWay?: string };

export const signInHere = (fields: SignInFields): Promise<Outcome> => post("callback/credentials", Object.fromEntries(Object.entries(fields).filter(([, value]) => value)));

/** Leads to the provider's own page, which leads back to `to`. */
export async function goToProvider(provider: OauthProvider, to: string): Promise<string | null> {
  return leaveFor(await post(`signin/${provider}`, { callbackUrl: `${location.origin}${to}` }));
}

/** Leads to the provider's own page to link it to the account, and back to the security settings; throws when the person has to prove themselves first. */
export async function linkProviderHere(provider: OauthProvider): Promise<void> {
  const reason = leaveFor(await post(`signin/${provider}`, { link: "true" }));
  if (reason !== null) throw new AppError("FORBIDDEN", "The provider cannot be linked", { reason });
}

function leaveFor(outcome: Outcome): string | null {
  if (!outcome.ok) return outcome.reason;
  location.assign(outcome.url);
  return null;
}

/** Loads a page anew instead of going there in the app: nothing of who was signed in before stays in the memory of the tab. */
export const loadAnew = (to: string): void => location.assign(to);

/** Ends the session and loads the page anew, so that nothing of the person stays in the memory of the tab. */
export async function signOutHere(to = "/"): Promise<void> {
  await post("signout", {});
  loadAnew(to);
}
