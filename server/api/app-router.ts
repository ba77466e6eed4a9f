import { createCallerFactory, router } from "./procedures";
import { accountRouter } from "./routers/account-router";
import { apiKeyRouter } from "./routers/api-key-router";
import { circuitRouter } from "./routers/circuit-router";
import { graphRouter } from "./routers/graph-router";
import { macroRouter } from "./routers/macro-router";
import { marketRouter } from "./routers/market-router";
import { scenarioRouter } from "./routers/scenario-router";

export const appRouter = router({
  account: accountRouter,
  market: marketRouter,
  macro: macroRouter,
  graph: graphRouter,
  scenario: scenarioRouter,
  circuit: circuitRouter,
  apiKey: apiKeyRouter,
});

export const createCaller = createCallerFactory(appRouter);
export type AppRouter = typeof appRouter;
