import { inboxState, listNotificationsInput, markReadInput, notificationPage, notificationPreferences, socketTicket, unreadCount, updatePreferenceInput } from "@/server/contracts/notification";
import { getInbox } from "@/server/services/notification/get-inbox";
import { listNotifications } from "@/server/services/notification/list-notifications";
import { listPreferences } from "@/server/services/notification/list-preferences";
import { markRead } from "@/server/services/notification/mark-read";
import { issueSocketTicket } from "@/server/services/notification/socket-ticket";
import { updatePreference } from "@/server/services/notification/update-preference";
import { router, userProcedure } from "../procedures";
import { inSession } from "../session-procedure";

export const notificationRouter = router({
  getInbox: userProcedure.output(inboxState).query(({ ctx }) => getInbox(ctx, { userId: ctx.user.id })),
  list: userProcedure.input(listNotificationsInput).output(notificationPage).query(({ ctx, input }) => listNotifications(ctx, input)),
  markRead: userProcedure.input(markReadInput).output(unreadCount).mutation(({ ctx, input }) => markRead(ctx, input)),
  listPreferences: userProcedure.output(notificationPreferences).query(({ ctx }) => listPreferences(ctx)),
  updatePreference: userProcedure.input(updatePreferenceInput).output(notificationPreferences).mutation(({ ctx, input }) => updatePreference(ctx, input)),
  // A query, as nothing is written, so that an admin who looks with the person's eyes sees the bell move too.
  getSocketTicket: inSession.output(socketTicket).query(({ ctx }) => issueSocketTicket(ctx)),
});
