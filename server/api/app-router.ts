import { createCallerFactory, router } from "./procedures";
import { accountRouter } from "./routers/account-router";
import { adminRouter } from "./routers/admin-router";
import { apiKeyRouter } from "./routers/api-key-router";
import { billingRouter } from "./routers/billing-router";
import { calendarRouter } from "./routers/calendar-router";
import { circuitRouter } from "./routers/circuit-router";
import { cryptoRouter } from "./routers/crypto-router";
import { graphRouter } from "./routers/graph-router";
import { macroRouter } from "./routers/macro-router";
import { marketRouter } from "./routers/market-router";
import { newsRouter } from "./routers/news-router";
import { notificationRouter } from "./routers/notification-router";
import { qualityRouter } from "./routers/quality-router";
import { quantRouter } from "./routers/quant-router";
import { scenarioRouter } from "./routers/scenario-router";
import { socialRouter } from "./routers/social-router";
import { webhookRouter } from "./routers/webhook-router";

export const appRouter = router({
  account: accountRouter,
  billing: billingRouter,
  market: marketRouter,
  quality: qualityRouter,
  macro: macroRouter,
  news: newsRouter,
  calendar: calendarRouter,
  crypto: cryptoRouter,
  social: socialRouter,
  graph: graphRouter,
  scenario: scenarioRouter,
  circuit: circuitRouter,
  quant: quantRouter,
  apiKey: apiKeyRouter,
  webhook: webhookRouter,
  notification: notificationRouter,
  admin: adminRouter,
});

export const createCaller = createCallerFactory(appRouter);
export type AppRouter = typeof appRouter;

type Described = { _def: { meta?: { access: unknown } } };

/** Whether each of these procedures, by its path, exists and may be called without a session. */
export function isOpenToGuests(paths: readonly string[]): boolean {
  // Its type is nested, its keys are whole paths.
  const known = new Map(Object.entries<unknown>(appRouter._def.procedures)) as Map<string, Described>;
  return paths.length > 0 && paths.every((path) => known.get(path)?._def.meta?.access === "public");
}
