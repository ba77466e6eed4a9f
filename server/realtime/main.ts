import { setTimeout as wait } from "node:timers/promises";
import { KRW_EXCHANGES } from "@/server/contracts/coin";
import { readEnv } from "@/server/platform/env";
import { createRedisLink } from "@/server/platform/redis-link";
import { systemCtx, systemProviders } from "@/server/runtime";
import { getInbox } from "@/server/services/notification/get-inbox";
import { listOpenSessions } from "@/server/services/notification/list-open-sessions";
import { readSocketTicket } from "@/server/services/notification/socket-ticket";
import { listInfluencerAlerts } from "@/server/services/social/list-influencer-alerts";
import { personDoor } from "./channel-follower";
import { createCoinLines } from "./coin-lines";
import { createFeedRelay, type FeedRelay } from "./feed-relay";
import { createLiveBoards, watchedSymbols } from "./live-boards";
import { startGateway } from "./gateway";
import { listenToInboxes } from "./inbox-listener";
import { createInboxRooms } from "./inbox-rooms";
import { createReplayFeed } from "./replay-feed";
import { createSessionClock } from "./session-clock";
import { createSharedFeed } from "./shared-feed";
import { createSimulatedFeed } from "./simulated-feed";
import { watchStoredFigures } from "./stored-figures";
import { createVendorFeed } from "./vendor-feed";

const STOP_WITHIN_MS = 5_000;
const WATCHED_EVERY_MS = 1_000;

const env = readEnv();
const ctx = systemCtx("sidecar");
const now = Date.now;
const clock = createSessionClock();
const stored = env.PRICE_FEED === "replay" ? createReplayFeed({ now, clock }) : createSimulatedFeed({ seed: "nexus", now, clock });
const providers = systemProviders();
const trades = providers.stream("tradeStream");
const ownFeed = trades ? createVendorFeed({ base: stored, vendor: trades.vendor, open: (listener) => trades.source.openTradeStream(listener), clock, now, log: ctx.log }) : stored;
const link = env.REDIS_URL ? createRedisLink({ url: env.REDIS_URL, log: ctx.log }) : null;
let relay: FeedRelay | null = null;
const feed = link ? createSharedFeed(ownFeed, { now, openRelay: (events) => (relay = createFeedRelay({ link, log: ctx.log, ...events })) }) : ownFeed;
const boards = createLiveBoards();
const coinLines = createCoinLines({
  board: boards.crypto,
  openers: Object.fromEntries(
    KRW_EXCHANGES.flatMap((exchange) => {
      const source = providers.of(exchange, "quoteStream");
      return source ? [[exchange, (listener: Parameters<typeof source.openQuoteStream>[0]) => source.openQuoteStream(listener)]] : [];
    }),
  ),
  now,
});
const watching = setInterval(() => feed.watch?.(watchedSymbols(boards)), WATCHED_EVERY_MS);
const figures = watchStoredFigures(ctx, { feed, boards });
// Without the secret of the site no ticket can be read: bells ask each minute then, and prices go on.
const personal = {
  read: (ticket: string) => readSocketTicket(ctx, ticket),
  listOpen: (sessionIds: readonly string[]) => listOpenSessions(ctx, { sessionIds }),
  log: ctx.log,
};
const inboxes = createInboxRooms({ ...personal, load: (userId) => getInbox(ctx, { userId }) });
const alerts = createInboxRooms({ ...personal, load: (userId) => listInfluencerAlerts(ctx, { userId }) });
const doors = env.NEXTAUTH_SECRET ? { notifications: personDoor(inboxes, (inbox) => ({ inbox })), "influencer-alerts": personDoor(alerts, (all) => ({ alerts: all })) } : undefined;
const rooms = {
  changed: inboxes.changed,
  // Each open page's person has a list of their own, and only it says whom a post concerns.
  alerted: () => void alerts.reload(),
  async check() {
    await inboxes.check();
    await alerts.check();
  },
  async reload() {
    await inboxes.reload();
    await alerts.reload();
  },
};
const listener = doors && env.DATABASE_URL ? listenToInboxes({ connectionString: env.DATABASE_URL, rooms, log: ctx.log }) : null;

// Only the proxy on this machine reaches the sidecar; it listens before the first load, so that a missing database shows as degraded.
const gateway = await startGateway({
  port: env.SIDECAR_PORT,
  host: "127.0.0.1",
  boards,
  doors,
  feed: { ...feed, streams: () => [...(feed.streams?.() ?? []), ...coinLines.streams()] },
  sharing: link ? () => ({ redis: link.state(), role: relay?.role() ?? "alone" }) : undefined,
  database: figures.database,
  log: ctx.log,
  allowedOrigins: env.WS_ALLOWED_ORIGINS,
}).catch((error: NodeJS.ErrnoException) => {
  ctx.log.error({ event: "sidecar not started", code: error.code, port: env.SIDECAR_PORT });
  process.exit(1);
});
ctx.log.info({ event: "sidecar listens", port: gateway.port, feed: feed.id });

let stopping = false;
async function stop(signal: string) {
  if (stopping) return;
  stopping = true;
  ctx.log.info({ event: "sidecar stops", signal });
  clearInterval(watching);
  feed.stop();
  coinLines.stop();
  figures.stop();
  await Promise.race([Promise.all([gateway.close(), listener?.stop(), relay?.stop()]).then(() => ctx.db.$disconnect()), wait(STOP_WITHIN_MS)]);
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));

await figures.start();
feed.start();
coinLines.start();
