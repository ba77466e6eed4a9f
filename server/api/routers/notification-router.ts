import { inboxState, listNotificationsInput, markReadInput, notificationPage, notificationPreferences, socketTicket, unreadCount, updatePreferenceInput } from "@/server/contracts/notification";
import { countUnread } from "@/server/services/notification/count-unread";
import { getInbox } from "@/server/services/notification/get-inbox";
import { listNotifications } from "@/server/services/notification/list-notifications";
import { listPreferences } from "@/server/services/notification/list-preferences";
import { markRead } from "@/server/services/notification/mark-read";
import { issueSocketTicket } from "@/server/services/notification/socket-ticket";
import { updatePreference } from "@/server/services/notification/update-preference";
import { router, userProcedure, type RestMeta } from "../procedures";
import { inSession } from "../session-procedure";

const rest = (method: RestMeta["method"], path: RestMeta["path"], summary: string, example: RestMeta["example"] = {}): { access: "user"; rest: RestMeta } => ({ access: "user", rest: { method, path, summary, scope: method === "GET" ? "read" : "post", example } });

export const notificationRouter = router({
  getInbox: userProcedure.output(inboxState).query(({ ctx }) => getInbox(ctx, { userId: ctx.user.id })),
  countUnread: userProcedure.meta(rest("GET", "/notifications/count", "Count your unread notifications")).output(unreadCount).query(({ ctx }) => countUnread(ctx)),
  list: userProcedure.meta(rest("GET", "/notifications", "List your notifications, newest first", { show: "all", limit: 5 })).input(listNotificationsInput).output(notificationPage).query(({ ctx, input }) => listNotifications(ctx, input)),
  markRead: userProcedure.meta(rest("POST", "/notifications/read", "Mark some notifications as read", { ids: ["019a0000-0000-7000-8000-000000000001"] })).input(markReadInput).output(unreadCount).mutation(({ ctx, input }) => markRead(ctx, input)),
  listPreferences: userProcedure.output(notificationPreferences).query(({ ctx }) => listPreferences(ctx)),
  updatePreference: userProcedure.input(updatePreferenceInput).output(notificationPreferences).mutation(({ ctx, input }) => updatePreference(ctx, input)),
  // A query, as nothing is written, so that an admin who looks with the person's eyes sees the bell move too.
  getSocketTicket: inSession.output(socketTicket).query(({ ctx }) => issueSocketTicket(ctx)),
});
