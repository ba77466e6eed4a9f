import { TRPCClientError } from "@trpc/client";
import type { AppError } from "@/server/domain/app-error";
import type { AppRouter } from "@/server/api/app-router";

/** What an error's sentence is made of; `useErrorText` says it in the person's language. */
export type ToldError = { code: string; field: string | null; reason: string | null; details: Record<string, unknown> };

/** An error as a page shows it. `lost` says that the server or the network was unreachable, so that trying again may help. */
export type ShownError = ToldError & {
  message: string;
  status: number | null;
  suggestions: readonly string[];
  requestId: string | null;
  lost: boolean;
};

/** An error thrown in the browser by a rule that the server has too. */
export const toldError = ({ code, details }: AppError): ToldError => ({ code, field: textOf(details.field), reason: textOf(details.reason), details });

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const isTrpcError = (error: unknown): error is TRPCClientError<AppRouter> => error instanceof TRPCClientError;

export function shownError(error: unknown): ShownError {
  const nothing = { field: null, reason: null, details: {}, suggestions: [], requestId: null };
  if (!isTrpcError(error)) return { ...nothing, code: "INTERNAL", message: "", status: null, lost: false };
  const { data } = error;
  // Without a body the answer never came: offline, a restart, a proxy.
  if (!data) return { ...nothing, code: "UNREACHABLE", message: "", status: null, lost: true };
  const { code, message, details, requestId } = data.error;
  const suggestions = Array.isArray(details.suggestions) ? details.suggestions.filter((one): one is string => typeof one === "string") : [];
  return { code, message, status: data.httpStatus, field: textOf(details.field), reason: textOf(details.reason), details, suggestions, requestId, lost: data.httpStatus === 502 || data.httpStatus === 503 };
}

/** A fault of the request (4xx) stays one however often it is sent; a lost server may be back in a moment. */
export function shouldRetry(failureCount: number, error: unknown): boolean {
  if (!isTrpcError(error)) return failureCount < 2;
  const { lost } = shownError(error);
  return lost && failureCount < 3;
}

/** 0.5 s, 1 s, 2 s … at most 15 s, with up to a quarter of jitter so that many pages do not come back in step. */
export function retryDelay(attempt: number): number {
  const base = Math.min(500 * 2 ** attempt, 15_000);
  return base * (1 + Math.random() / 4);
}
