/** Every way in which a request can fail on purpose; `server/api/error-map.ts` gives each its HTTP status. */
export const ERROR_CODES = [
  "INVALID_INPUT",
  "UNAUTHENTICATED",
  "TIER_REQUIRED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "RULE_VIOLATED",
  "RATE_LIMITED",
  "UPSTREAM_INVALID",
  "UPSTREAM_UNAVAILABLE",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a caller can act on: `field` names the input at fault (`shocks.0.size`), `suggestions` what was perhaps meant. */
export type ErrorDetails = { field?: string; suggestions?: readonly string[] } & Record<string, unknown>;

/** The only error that is thrown on purpose; anything else is a bug. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}
