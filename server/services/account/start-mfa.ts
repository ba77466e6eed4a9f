import { generateURI } from "otplib";
import QRCode from "qrcode";
import type { MfaEnrolment } from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import type { UserCtx } from "@/server/services/ctx";
import { makeTotpSecret } from "./second-factor";

/** Makes the secret for an authenticator app, in force once a code of it was shown; starting again makes another. */
export async function startMfa(ctx: UserCtx): Promise<MfaEnrolment> {
  const { plain, sealed } = makeTotpSecret(ctx);
  const { email, handle } = await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.user.id }, select: { email: true, handle: true } });
  const { count } = await ctx.db.user.updateMany({ where: { id: ctx.user.id, mfaEnabledAt: null }, data: { totpSecret: sealed, totpLastStep: null } });
  if (count === 0) throw new AppError("CONFLICT", "Two-step sign-in is on already; switch it off first");
  const uri = generateURI({ issuer: "Nexus-Alpha", label: email ?? handle, secret: plain });
  const svg = await QRCode.toString(uri, { type: "svg", margin: 2, errorCorrectionLevel: "M" });
  return { secret: plain, picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}` };
}
