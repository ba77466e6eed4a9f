import { useMutation, useQueryClient } from "@tanstack/react-query";
import { MARKED_AT_MOST } from "@/server/contracts/notification";
import { useTRPC } from "../app-shell/trpc-client";

/** Marks notifications as read, each by its name, and shows it wherever they are shown. */
export function useMarkRead() {
  const { notification } = useTRPC();
  const client = useQueryClient();
  const onSettled = () => {
    void client.invalidateQueries({ queryKey: notification.getInbox.queryKey() });
    void client.invalidateQueries({ queryKey: notification.list.pathKey() });
  };
  const { mutate, isError, isPending } = useMutation(notification.markRead.mutationOptions({ onSettled }));
  return { markRead: (ids: readonly string[]) => mutate({ ids: ids.slice(0, MARKED_AT_MOST) }), failed: isError, isPending };
}
