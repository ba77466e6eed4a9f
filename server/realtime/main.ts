import { setTimeout as wait } from "node:timers/promises";
import { readEnv } from "@/server/platform/env";
import { systemCtx } from "@/server/runtime";
import { getInbox } from "@/server/services/notification/get-inbox";
import { listOpenSessions } from "@/server/services/notification/list-open-sessions";
import { readSocketTicket } from "@/server/services/notification/socket-ticket";
import { createChangeBoard } from "./change-board";
import type { Boards } from "./client-session";
import { startGateway } from "./gateway";
import { listenToInboxes } from "./inbox-listener";
import { createInboxRooms } from "./inbox-rooms";
import { createReplayFeed } from "./replay-feed";
import { createSessionClock } from "./session-clock";
import { createSimulatedFeed } from "./simulated-feed";
import { watchStoredFigures } from "./stored-figures";

const STOP_WITHIN_MS = 5_000;

const env = readEnv();
const ctx = systemCtx("sidecar");
const now = Date.now;
const clock = createSessionClock();
const feed = env.PRICE_FEED === "replay" ? createReplayFeed({ now, clock }) : createSimulatedFeed({ seed: "nexus", now, clock });
const boards: Boards = { prices: createChangeBoard(), "market-updates": createChangeBoard(), macro: createChangeBoard() };
const figures = watchStoredFigures(ctx, { feed, boards });
// Without the secret of the site no ticket can be read: bells ask each minute then, and prices go on.
const inboxes = env.NEXTAUTH_SECRET
  ? createInboxRooms({
      read: (ticket) => readSocketTicket(ctx, ticket),
      load: (userId) => getInbox(ctx, { userId }),
      listOpen: (sessionIds) => listOpenSessions(ctx, { sessionIds }),
      log: ctx.log,
    })
  : undefined;
const listener = inboxes && env.DATABASE_URL ? listenToInboxes({ connectionString: env.DATABASE_URL, rooms: inboxes, log: ctx.log }) : null;

// Only the proxy on this machine reaches the sidecar; it listens before the first load, so that a missing database shows as degraded.
const gateway = await startGateway({
  port: env.SIDECAR_PORT,
  host: "127.0.0.1",
  boards,
  inboxes,
  feed,
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
  feed.stop();
  figures.stop();
  await Promise.race([Promise.all([gateway.close(), listener?.stop()]).then(() => ctx.db.$disconnect()), wait(STOP_WITHIN_MS)]);
  process.exit(0);
}
process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));

await figures.start();
feed.start();
