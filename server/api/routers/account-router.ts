import {
  accepted, auditPage, changePasswordInput, codeInput, dataExport, dataExports, emailInput, erasure, exportInput, listAuditInput, logInInput, loginTokens, me, mfaEnrolment, profile, providerInput, recoveryCodes,
  refreshInput, registerInput, resetPasswordInput, revoked, security, sessionInput, sessions, signInWays, steppedUp, stepUpInput, tokenInput, updateProfileInput, userStats, userStatsInput,
} from "@/server/contracts/account";
import { AppError } from "@/server/domain/app-error";
import { cancelErasure } from "@/server/services/account/cancel-erasure";
import { changePassword } from "@/server/services/account/change-password";
import { confirmEmailChange } from "@/server/services/account/confirm-email-change";
import { confirmMfa } from "@/server/services/account/confirm-mfa";
import { disableMfa } from "@/server/services/account/disable-mfa";
import { getMe } from "@/server/services/account/get-me";
import { getProfile } from "@/server/services/account/get-profile";
import { getSecurity } from "@/server/services/account/get-security";
import { getUserStats } from "@/server/services/account/get-user-stats";
import { listAudit } from "@/server/services/account/list-audit";
import { listSessions } from "@/server/services/account/list-sessions";
import { registerUser } from "@/server/services/account/register-user";
import { renewRecoveryCodes } from "@/server/services/account/renew-recovery-codes";
import { requestEmailChange } from "@/server/services/account/request-email-change";
import { requestErasure } from "@/server/services/account/request-erasure";
import { getExport, listExports, requestExport } from "@/server/services/account/request-export";
import { requestPasswordReset } from "@/server/services/account/request-password-reset";
import { requestVerification } from "@/server/services/account/request-verification";
import { resetPassword } from "@/server/services/account/reset-password";
import { revokeOtherSessions, revokeSession } from "@/server/services/account/revoke-session";
import { rotateSession } from "@/server/services/account/rotate-session";
import { signIn } from "@/server/services/account/sign-in";
import { signOut } from "@/server/services/account/sign-out";
import { startMfa } from "@/server/services/account/start-mfa";
import { stepUp } from "@/server/services/account/step-up";
import { unlinkProvider } from "@/server/services/account/unlink-provider";
import { updateProfile } from "@/server/services/account/update-profile";
import { verifyEmail } from "@/server/services/account/verify-email";
import { answerFirst } from "../answer-first";
import { configuredProviders } from "../configured-providers";
import { publicProcedure, router, userProcedure } from "../procedures";
import { refuseEvenly } from "../refuse-evenly";
import { openRefreshToken, tokensOf } from "../rest-token";
import { inSession, recentInSession } from "../session-procedure";

/** Procedures that try a secret or send a mail share the small budget of signing in. */
const door = publicProcedure.meta({ access: "public", limit: "sign-in" });
const OK = { accepted: true } as const;

export const accountRouter = router({
  register: door.meta({ rest: { method: "POST", path: "/auth/register", summary: "Register; a mail with a link follows", scope: "post", example: { email: "ada@example.com", password: "copper lantern drifts 42" } } }).input(registerInput).output(accepted).mutation(async ({ ctx, input }) => {
    const { settle } = await registerUser(ctx, input);
    await answerFirst(ctx, "account.register", settle);
    return OK;
  }),
  requestVerification: door.input(emailInput).output(accepted).mutation(async ({ ctx, input }) => {
    await answerFirst(ctx, "account.requestVerification", () => requestVerification(ctx, input));
    return OK;
  }),
  verifyEmail: door.meta({ rest: { method: "POST", path: "/auth/verify-email", summary: "Confirm an e-mail address by the token of the mail's link", scope: "post", example: { token: "0123456789abcdefghijABCDEFGHIJ" } } }).input(tokenInput).output(accepted).mutation(({ ctx, input }) => verifyEmail(ctx, input)),
  requestPasswordReset: door.meta({ rest: { method: "POST", path: "/auth/forgot-password", summary: "Ask for a mail with a link that sets a new password", scope: "post", example: { email: "ada@example.com" } } }).input(emailInput).output(accepted).mutation(async ({ ctx, input }) => {
    await answerFirst(ctx, "account.requestPasswordReset", () => requestPasswordReset(ctx, input));
    return OK;
  }),
  resetPassword: door.meta({ rest: { method: "POST", path: "/auth/reset-password", summary: "Set a new password by the token of the mail's link", scope: "post", example: { token: "0123456789abcdefghijABCDEFGHIJ", password: "copper lantern drifts 43" } } }).input(resetPasswordInput).output(accepted).mutation(({ ctx, input }) => resetPassword(ctx, input)),
  confirmEmailChange: door.input(tokenInput).output(accepted).mutation(({ ctx, input }) => confirmEmailChange(ctx, input)),
  cancelErasure: door.input(tokenInput).output(accepted).mutation(({ ctx, input }) => cancelErasure(ctx, input)),
  listSignInWays: publicProcedure.output(signInWays).query(() => ({ providers: configuredProviders() })),

  logIn: door
    .meta({ rest: { method: "POST", path: "/auth/login", summary: "Sign in a person in a program; the tokens open this API, not the pages", scope: "post", example: { email: "ada@example.com", password: "copper lantern drifts 42" } } })
    .input(logInInput).output(loginTokens)
    .mutation(({ ctx, input: { email, password, mfaCode } }) => refuseEvenly(async () => tokensOf(ctx, await signIn(ctx, { email, password, code: mfaCode })))),
  refreshLogin: door
    .meta({ rest: { method: "POST", path: "/auth/refresh", summary: "Exchange a refresh token for new tokens; used twice, it ends the login", scope: "post", example: { refreshToken: "nxa_refresh_0123456789abcdefghijABCDEFGHIJ0123456789" } } })
    .input(refreshInput).output(loginTokens)
    .mutation(async ({ ctx, input }) => {
      const shown = openRefreshToken(ctx, input.refreshToken);
      const next = shown && (await rotateSession(ctx, shown));
      if (!next) throw new AppError("UNAUTHENTICATED", "This login has ended; sign in again", { field: "refreshToken", reason: "LOGIN_ENDED" });
      return tokensOf(ctx, next);
    }),
  logOut: inSession
    .meta({ access: "user", rest: { method: "POST", path: "/auth/logout", summary: "End the login whose access token is sent", scope: "post", by: "login", example: {} } })
    .output(accepted).mutation(async ({ ctx }) => {
      await signOut(ctx, ctx);
      return OK;
    }),

  getMe: publicProcedure.output(me).query(({ ctx }) => getMe(ctx)),
  getProfile: userProcedure.meta({ rest: { method: "GET", path: "/users/me", summary: "Get your profile and settings", scope: "read", example: {} } }).output(profile).query(({ ctx }) => getProfile(ctx)),
  updateProfile: userProcedure.meta({ rest: { method: "PATCH", path: "/users/me", summary: "Change your profile and settings", scope: "post", example: { name: "Ada", timeZone: "Asia/Seoul" } } }).input(updateProfileInput).output(profile).mutation(({ ctx, input }) => updateProfile(ctx, input)),
  getStats: userProcedure.meta({ rest: { method: "GET", path: "/users/{userId}/stats", summary: "Get what you have and do here, by count", scope: "read", example: { userId: "me" } } }).input(userStatsInput).output(userStats).query(({ ctx, input }) => getUserStats(ctx, input)),
  listAudit: userProcedure.input(listAuditInput).output(auditPage).query(({ ctx, input }) => listAudit(ctx, input)),

  getSecurity: inSession.output(security).query(({ ctx }) => getSecurity(ctx)),
  stepUp: inSession.meta({ access: "user", limit: "sign-in" }).input(stepUpInput).output(steppedUp).mutation(({ ctx, input }) => stepUp(ctx, input)),
  listSessions: inSession.output(sessions).query(({ ctx }) => listSessions(ctx)),
  revokeSession: inSession.input(sessionInput).output(revoked).mutation(({ ctx, input }) => revokeSession(ctx, input)),
  revokeOtherSessions: inSession.output(revoked).mutation(({ ctx }) => revokeOtherSessions(ctx)),

  changePassword: recentInSession.meta({ access: "recent", limit: "sign-in" }).input(changePasswordInput).output(accepted).mutation(({ ctx, input }) => changePassword(ctx, input)),
  requestEmailChange: recentInSession.meta({ access: "recent", limit: "sign-in" }).input(emailInput).output(accepted).mutation(async ({ ctx, input }) => {
    await answerFirst(ctx, "account.requestEmailChange", () => requestEmailChange(ctx, input));
    return OK;
  }),
  startMfa: recentInSession.output(mfaEnrolment).mutation(({ ctx }) => startMfa(ctx)),
  confirmMfa: recentInSession.meta({ access: "recent", limit: "sign-in" }).input(codeInput).output(recoveryCodes).mutation(({ ctx, input }) => confirmMfa(ctx, input)),
  disableMfa: recentInSession.output(accepted).mutation(({ ctx }) => disableMfa(ctx)),
  renewRecoveryCodes: recentInSession.output(recoveryCodes).mutation(({ ctx }) => renewRecoveryCodes(ctx)),
  unlinkProvider: recentInSession.input(providerInput).output(accepted).mutation(({ ctx, input }) => unlinkProvider(ctx, input)),

  listExports: userProcedure.meta({ rest: { method: "GET", path: "/users/me/export", summary: "List the exports of your data that were asked for", scope: "read", example: {} } }).output(dataExports).query(({ ctx }) => listExports(ctx)),
  /** Asks for a fresh proof, as the download does. */
  getExport: recentInSession.input(exportInput).output(dataExport).query(({ ctx, input }) => getExport(ctx, input)),
  requestExport: recentInSession.output(dataExport).mutation(({ ctx }) => requestExport(ctx)),
  requestErasure: recentInSession
    .meta({ access: "recent", rest: { method: "DELETE", path: "/users/me", summary: "Ask for the erasure of your account, which a mail can call off; within ten minutes of signing in", scope: "post", by: "login", example: {} } })
    .output(erasure).mutation(({ ctx }) => requestErasure(ctx)),
});
