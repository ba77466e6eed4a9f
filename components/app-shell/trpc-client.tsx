"use client";

import { QueryClient, QueryClientProvider, defaultShouldDehydrateQuery, isServer } from "@tanstack/react-query";
import { createTRPCClient, httpBatchStreamLink, httpLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { useState, type ReactNode } from "react";
import type { AppRouter } from "@/server/api/app-router";
import { renewingLink } from "./renewing-link";
import { retryDelay, shouldRetry } from "./wire-error";

const API = "/api/trpc";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The server does not retry: its failure is answered by rendering that part in the browser, which does.
      queries: { staleTime: 60_000, retry: isServer ? false : shouldRetry, retryDelay, refetchOnWindowFocus: false },
      mutations: { retry: false },
      dehydrate: { shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending" },
    },
  });
}

/** Large or often asked, and the same for everybody: each has an address of its own and is asked for without cookies, so that a shared cache answers them all. */
const SHARED_READS = new Set(["market.getStrip", "graph.getGraph", "graph.getPreview"]);

const links = () => [
  renewingLink(),
  splitLink({
    condition: ({ path }) => SHARED_READS.has(path),
    true: httpLink({ url: API, fetch: (input, init) => fetch(input, { ...(init as RequestInit), credentials: "omit" }) }),
    false: httpBatchStreamLink({ url: API, maxURLLength: 6_000, maxItems: 12 }),
  }),
];

let browserClient: QueryClient | undefined;

// One client per request on the server; one for the life of the page in the browser, even when React throws away a first render.
const queryClientFor = () => (isServer ? createQueryClient() : (browserClient ??= createQueryClient()));

export function TrpcClientProvider({ children }: { children: ReactNode }) {
  const queryClient = queryClientFor();
  const [trpcClient] = useState(() => createTRPCClient<AppRouter>({ links: links() }));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
