import { generateSecret, verify } from "otplib";
import { randomSecret, seal, sha256, unsealWithEither } from "@/server/platform/crypto";
import type { Ctx } from "@/server/services/ctx";

const PURPOSE = "totp";
/** One step of 30 seconds to both sides, for clocks that differ. */
const TOLERANCE_S = 30;
const RECOVERY_CODES = 10;
/** Of 32 letters each, hence 120 bits: above the 112 from which a plain hash may be stored (ASVS 2.6.2, NIST SP 800-63B 5.1.2.2), and no change of the site's secret spoils them. */
const RECOVERY_CODE_LETTERS = 24;

type FactorUser = { id: string; totpSecret: string | null; totpLastStep: bigint | null };

export const makeTotpSecret = (ctx: Pick<Ctx, "site">): { plain: string; sealed: string } => {
  const plain = generateSecret();
  return { plain, sealed: seal(ctx.site.secret, PURPOSE, plain) };
};

/** The secret of an authenticator app, or null when there is none. */
export const openTotpSecret = (ctx: Pick<Ctx, "site">, sealed: string | null): string | null => (sealed === null ? null : unsealWithEither(ctx.site, PURPOSE, sealed));

/** The same secret, sealed with the installation's secret in force; null when neither that nor the one before opens it. */
export function resealTotpSecret(ctx: Pick<Ctx, "site">, sealed: string): string | null {
  const plain = openTotpSecret(ctx, sealed);
  return plain === null ? null : seal(ctx.site.secret, PURPOSE, plain);
}

/** Takes a code of the app once: a second time, and any older one, it is refused, also when both come at once. */
export async function takeTotp(ctx: Pick<Ctx, "db" | "now" | "site">, user: FactorUser, code: string): Promise<boolean> {
  const secret = openTotpSecret(ctx, user.totpSecret);
  if (!secret || !/^\d{6}$/.test(code)) return false;
  const result = await verify({ secret, token: code, epoch: Math.floor(ctx.now().getTime() / 1000), epochTolerance: TOLERANCE_S });
  if (!result.valid || !("timeStep" in result)) return false;
  const step = BigInt(result.timeStep);
  const { count } = await ctx.db.user.updateMany({ where: { id: user.id, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] }, data: { totpLastStep: step } });
  return count === 1;
}

const recoveryHash = (userId: string, code: string) => sha256(`recovery:${userId}:${code.toUpperCase()}`);

/** Letters and digits without those that look alike, in groups of four. */
function recoveryCode(): string {
  let letters = "";
  while (letters.length < RECOVERY_CODE_LETTERS) letters += randomSecret().toUpperCase().replace(/[^2-9A-HJ-NP-Z]/g, "");
  return letters.slice(0, RECOVERY_CODE_LETTERS).replace(/(.{4})(?=.)/g, "$1-");
}

/** Ten new codes in place of all earlier ones; only their hashes are kept. */
export async function replaceRecoveryCodes(tx: Pick<Ctx["db"], "recoveryCode">, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: recoveryHash(userId, code.replaceAll("-", "")) })) });
  return codes;
}

async function takeRecoveryCode(ctx: Pick<Ctx, "db" | "now">, userId: string, code: string): Promise<boolean> {
  const { count } = await ctx.db.recoveryCode.updateMany({ where: { userId, codeHash: recoveryHash(userId, code), usedAt: null }, data: { usedAt: ctx.now() } });
  return count === 1;
}

/** What proved the second factor; null when the code does not. */
export async function takeSecondFactor(ctx: Pick<Ctx, "db" | "now" | "site">, user: FactorUser, code: string): Promise<"code" | "recovery-code" | null> {
  if (/^\d{6}$/.test(code)) return (await takeTotp(ctx, user, code)) ? "code" : null;
  return (await takeRecoveryCode(ctx, user.id, code)) ? "recovery-code" : null;
}
