import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { InboxState } from "@/server/contracts/notification";
import { useLiveInbox } from "../app-shell/live-prices";
import { useTRPC, useTRPCClient } from "../app-shell/trpc-client";

const POLL_MS = 60_000;

/** The signed-in person's inbox: live over the socket, and asked for each minute while that is away; null before the first answer. */
export function useInbox(): InboxState | null {
  const client = useTRPCClient();
  const getTicket = useCallback(async () => (await client.notification.getSocketTicket.query()).ticket, [client]);
  const live = useLiveInbox(getTicket);
  const { data } = useQuery(useTRPC().notification.getInbox.queryOptions(undefined, { refetchInterval: live === null ? POLL_MS : false }));
  return live ?? data ?? null;
}
