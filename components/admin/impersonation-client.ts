import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/api/app-router";

const ADDRESS = "/api/admin/impersonation";

/** Begins to look with a person's eyes. The cookies are set by the server; no script sees them. */
export async function askToImpersonate(input: { userId: string; reason: string }): Promise<void> {
  const answer = await fetch(ADDRESS, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) });
  if (!answer.ok) throw TRPCClientError.from<AppRouter>((await answer.json()) as Parameters<typeof TRPCClientError.from<AppRouter>>[0]);
}

export const stopImpersonating = (): Promise<unknown> => fetch(ADDRESS, { method: "DELETE" });
