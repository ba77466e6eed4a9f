import type { TRPCClientError, TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "@/server/api/app-router";
import { shownError } from "./wire-error";

let renewing: Promise<void> | null = null;

/** One renewal at a time for all calls that ask for it; whether it worked is seen by the calls themselves. */
function renewSession(): Promise<void> {
  renewing ??= fetch("/api/auth/refresh", { method: "POST" }).then(() => undefined, () => undefined).finally(() => (renewing = null));
  return renewing;
}

const isStale = (error: TRPCClientError<AppRouter>) => shownError(error).reason === "SESSION_STALE";

/** Renews the session when a call is refused because its access has run out, and sends the call once more. */
export function renewingLink(renew: () => Promise<void> = renewSession): TRPCLink<AppRouter> {
  return () => ({ next, op }) =>
    observable((observer) => {
      let ended = false;
      let current = { unsubscribe: () => {} };
      const send = (again: boolean) => {
        current = next(op).subscribe({
          next: (value) => observer.next(value),
          error(error) {
            if (again || !isStale(error)) observer.error(error);
            else void renew().then(() => ended || send(true));
          },
          complete: () => observer.complete(),
        });
      };
      send(false);
      return () => {
        ended = true;
        current.unsubscribe();
      };
    });
}
