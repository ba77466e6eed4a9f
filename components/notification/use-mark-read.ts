import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../app-shell/trpc-client";

/** Marks notifications as read, and shows it wherever they are shown. */
export function useMarkRead() {
  const { notification } = useTRPC();
  const client = useQueryClient();
  const onSettled = () => {
    void client.invalidateQueries({ queryKey: notification.getInbox.queryKey() });
    void client.invalidateQueries({ queryKey: notification.list.pathKey() });
  };
  const some = useMutation(notification.markRead.mutationOptions({ onSettled }));
  const all = useMutation(notification.markAllRead.mutationOptions({ onSettled }));
  return { some, all, failed: some.isError || all.isError };
}
