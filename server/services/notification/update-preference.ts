import type { NotificationPreferenceDto, UpdatePreferenceInput } from "@/server/contracts/notification";
import { AppError } from "@/server/domain/app-error";
import { ruleOf } from "@/server/domain/notification/notification-kinds";
import type { UserCtx } from "@/server/services/ctx";
import { listPreferences } from "./list-preferences";

/** Changes where the caller is told of one kind; what is not given stays, even when another page changes it at the same time. */
export async function updatePreference(ctx: UserCtx, { kind, inbox, mail, webhook }: UpdatePreferenceInput): Promise<{ items: NotificationPreferenceDto[] }> {
  const { defaults, urgent } = ruleOf(kind);
  if (urgent && mail === false) throw new AppError("RULE_VIOLATED", "Mails about the security of your account are always sent", { field: "mail", reason: "MAIL_FIXED" });
  const userId = ctx.user.id;
  // The row first and the change after it, lest two first changes at once meet at the unique key.
  await ctx.db.notificationPreference.createMany({ data: { userId, kind, ...defaults }, skipDuplicates: true });
  await ctx.db.notificationPreference.update({ where: { userId_kind: { userId, kind } }, data: { inbox, mail, webhook } });
  return listPreferences(ctx);
}
