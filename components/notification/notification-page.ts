import type { ListNotificationsInput } from "@/server/contracts/notification";

/** The first page of the inbox, for the server that starts it and the list that reads it. */
export const notificationPageOf = (show: ListNotificationsInput["show"]) => ({ limit: 20, show });
