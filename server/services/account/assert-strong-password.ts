import { AppError } from "@/server/domain/app-error";

/** Score of zxcvbn: 3 withstands an offline attack on a slow hash for a while, 4 for good. */
const LEAST_SCORE = 3;

type Checker = { check(password: string, userInputs?: (string | number)[]): { score: number; feedback: { warning: string | null } } };
let loading: Promise<Checker> | null = null;

/** Its dictionaries are a megabyte, loaded when a password is first set. */
async function checker(): Promise<Checker> {
  loading ??= (async () => {
    const [{ ZxcvbnFactory }, common, english] = await Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common"), import("@zxcvbn-ts/language-en")]);
    return new ZxcvbnFactory({ dictionary: { ...common.dictionary, ...english.dictionary }, graphs: common.adjacencyGraphs, translations: english.translations });
  })();
  return loading;
}

/**
 * Refuses a password that is easily guessed or holds what everybody knows of the person. No rules of composition: they make passwords worse.
 *
 * @throws AppError INVALID_INPUT at the field `field`
 */
export async function assertStrongPassword(password: string, { email, name, field = "password" }: { email: string | null; name: string | null; field?: string }): Promise<void> {
  const known = [...(email ? [email, ...email.split(/[^\p{L}\p{N}]+/u)] : []), ...(name?.split(/\s+/) ?? []), "nexus", "alpha", "nexus-alpha"].map((word) => word.toLowerCase()).filter((word) => word.length >= 4);
  const lower = password.toLowerCase();
  if (email && (lower.includes(email.toLowerCase()) || lower.includes(email.split("@")[0]!.toLowerCase().padEnd(4, "\u0000")))) {
    throw new AppError("INVALID_INPUT", "The password holds your e-mail address", { field, reason: "PASSWORD_HOLDS_EMAIL" });
  }
  if (name && name.length >= 4 && lower.includes(name.toLowerCase())) throw new AppError("INVALID_INPUT", "The password holds your name", { field, reason: "PASSWORD_HOLDS_NAME" });
  const { score, feedback } = (await checker()).check(password, known);
  if (score < LEAST_SCORE) throw new AppError("INVALID_INPUT", feedback.warning || "The password is easily guessed; take a longer one, such as four words that do not belong together", { field, reason: "PASSWORD_WEAK", score });
}
