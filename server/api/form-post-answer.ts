import { z } from "zod";
import { seal, unseal } from "@/server/platform/crypto";
import type { Ctx } from "@/server/services/ctx";

const PURPOSE = "form-post-name";

/** What Apple sends of a person, the first time only; it is not signed, so that nothing but the name is taken from it. */
const appleUser = z.object({ name: z.object({ firstName: z.string().max(200).catch(""), lastName: z.string().max(200).catch("") }) });

/**
 * Apple answers by a form that its own site posts, to which a browser adds no lax cookie, neither the checks nor the session. The answer is
 * therefore led on to the same address as a plain navigation, which has them. The name goes sealed: addresses stand in logs.
 */
export function formPostAnswer(ctx: Pick<Ctx, "site">, path: string, form: URLSearchParams): Response {
  const onward = new URLSearchParams();
  for (const name of ["state", "code", "error"]) {
    const value = form.get(name);
    if (value !== null) onward.set(name, value);
  }
  const name = nameIn(form.get("user"));
  if (name) onward.set("user", seal(ctx.site.secret, PURPOSE, name));
  return new Response(null, { status: 303, headers: { location: `${ctx.site.url}${path}?${onward}` } });
}

export const formPostName = (ctx: Pick<Ctx, "site">, sealed: string | null): string | null => (sealed === null ? null : unseal(ctx.site.secret, PURPOSE, sealed));

function nameIn(text: string | null): string {
  try {
    const { firstName, lastName } = appleUser.parse(JSON.parse(text ?? "null")).name;
    return `${firstName} ${lastName}`.trim();
  } catch {
    return "";
  }
}
