import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/server/api/app-router";
import { createRequestCtx } from "@/server/api/request-ctx";

// The browser asks for twelve things at once and no more. A query too long for an address, such as a scenario of many shocks, may be posted.
const handler = (req: Request) =>
  fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, allowMethodOverride: true, maxBatchSize: 12, createContext: () => createRequestCtx(req.headers), responseMeta: ({ ctx }) => ({ headers: ctx?.limitHeaders() }) });

export { handler as GET, handler as POST };
