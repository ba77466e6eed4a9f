import type { TRPC_ERROR_CODE_KEY } from "@trpc/server";
import type { ErrorCode } from "@/server/domain/app-error";

/** Each reason to fail and the tRPC code, hence HTTP status, that says it. */
export const TRPC_CODE = {
  INVALID_INPUT: "BAD_REQUEST",
  UNAUTHENTICATED: "UNAUTHORIZED",
  TIER_REQUIRED: "PAYMENT_REQUIRED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  RULE_VIOLATED: "UNPROCESSABLE_CONTENT",
  RATE_LIMITED: "TOO_MANY_REQUESTS",
  UPSTREAM_INVALID: "BAD_GATEWAY",
  UPSTREAM_UNAVAILABLE: "SERVICE_UNAVAILABLE",
} satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;
