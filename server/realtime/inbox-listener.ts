import pg from "pg";
import type { Log } from "@/server/platform/log";
import { INBOX_CHANNEL } from "@/server/services/notification/tell-inbox";
import { INFLUENCER_CHANNEL } from "@/server/services/social/store-posts";
import type { InboxRooms } from "./inbox-rooms";

const CHECK_EVERY_MS = 30_000;
const AGAIN_AFTER_MS = 3_000;

type Rooms = Pick<InboxRooms<unknown>, "changed" | "check" | "reload"> & {
  /** A post of an account that somebody watches has moved. */
  alerted: () => void;
};
type Options = { connectionString: string; rooms: Rooms; log: Log; checkEveryMs?: number; againAfterMs?: number };
export type InboxListener = { ready: Promise<void>; stop: () => Promise<void> };

/** Hears of changed inboxes over one connection to the database; a lost one is opened anew, and then every room is looked at. */
export function listenToInboxes({ connectionString, rooms, log, checkEveryMs = CHECK_EVERY_MS, againAfterMs = AGAIN_AFTER_MS }: Options): InboxListener {
  let client: pg.Client | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let markReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (markReady = resolve));

  const connect = async () => {
    const fresh = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000, query_timeout: 5_000, keepAlive: true });
    const lost = () => {
      if (client !== fresh) return;
      client = null;
      if (!stopped) wake(againAfterMs);
    };
    fresh.on("error", lost);
    fresh.on("end", lost);
    fresh.on("notification", ({ channel, payload }) => (channel === INFLUENCER_CHANNEL ? rooms.alerted() : payload && rooms.changed(payload)));
    await fresh.connect();
    for (const channel of [INBOX_CHANNEL, INFLUENCER_CHANNEL]) await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    client = fresh;
    markReady();
  };
  const look = async () => {
    try {
      if (!client) {
        await connect();
        await rooms.reload();
      }
      // A connection that hangs is as good as lost, and says nothing by itself.
      await client?.query("SELECT 1");
      await rooms.check();
      wake(checkEveryMs);
    } catch (error) {
      log.warn({ event: "inbox listener", message: error instanceof Error ? error.message : String(error) });
      const broken = client;
      client = null;
      await broken?.end().catch(() => undefined);
      wake(againAfterMs);
    }
  };
  let looking: Promise<void> = Promise.resolve();
  const wake = (afterMs: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => (looking = looking.then(look)), afterMs);
  };
  looking = look();

  return {
    ready,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await client?.end().catch(() => undefined);
    },
  };
}
