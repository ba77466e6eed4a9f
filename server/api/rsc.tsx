import "server-only";
import { HydrationBoundary, QueryClient, defaultShouldDehydrateQuery, dehydrate, type FetchInfiniteQueryOptions, type FetchQueryOptions, type QueryKey } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { notFound } from "next/navigation";
import { headers } from "next/headers";
import { cache, type ReactNode } from "react";
import { appRouter, createCaller } from "./app-router";
import { createRequestCtx } from "./request-ctx";

// Pending queries are sent too, so that a page need not wait for its data.
const createServerClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 60_000, retry: false },
      dehydrate: { shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === "pending" },
    },
  });

/** One per request. */
export const queryClient = cache(createServerClient);

/** One per request, so that a page counts once and its session is looked up once. */
const requestCtx = cache(async () => createRequestCtx(await headers()));

export const trpc = createTRPCOptionsProxy({
  ctx: requestCtx,
  router: appRouter,
  queryClient,
});

/** For what is only drawn on the server: the answer is not sent along to the browser. */
export const callApi = async () => createCaller(await requestCtx());

/** Hands what was prefetched on this request to the client components below. */
export function Hydrate({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>;
}

/** Starts and hands over one query of a layout, apart from those of the page: whatever shares the page's cache would be sent with both. */
export function HydrateFrame<TData, TError, TResult, TKey extends QueryKey>({ query, children }: { query: FetchQueryOptions<TData, TError, TResult, TKey>; children: ReactNode }) {
  const client = createServerClient();
  void client.prefetchQuery(query);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}

/** Starts a query without waiting; its failure is shown by the component that reads it, which also tries again. */
export function prefetch<TData, TError, TResult, TKey extends QueryKey>(options: FetchQueryOptions<TData, TError, TResult, TKey>): void {
  void queryClient().prefetchQuery(options);
}

/** The same for a list that goes on by cursor. */
export function prefetchInfinite<TData, TError, TResult, TKey extends QueryKey, TPage>(options: FetchInfiniteQueryOptions<TData, TError, TResult, TKey, TPage>): void {
  void queryClient().prefetchInfiniteQuery(options);
}

/**
 * Waits for the query and answers with the 404 page when the thing does not exist. Any other failure (a lost database)
 * gives null and is left to the client component, which says so and tries again.
 */
export async function findOrNotFound<TData, TError, TResult, TKey extends QueryKey>(options: FetchQueryOptions<TData, TError, TResult, TKey>): Promise<TResult | null> {
  try {
    return await queryClient().fetchQuery(options);
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
    return null;
  }
}
