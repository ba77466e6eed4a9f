import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "@/server/api/app-router";
import { createRequestCtx } from "@/server/api/request-ctx";

const handler = (req: Request) =>
  fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, createContext: () => createRequestCtx(req.headers) });

export { handler as GET, handler as POST };
