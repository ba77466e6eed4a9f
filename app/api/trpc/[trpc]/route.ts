import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/server/api/app-router";
import { createRequestCtx } from "@/server/api/request-ctx";

// A query too long for an address, such as a scenario of many shocks, may be posted.
const handler = (req: Request) =>
  fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, allowMethodOverride: true, createContext: () => createRequestCtx(req.headers) });

export { handler as GET, handler as POST };
