import { NonRetriableError } from "inngest";
import { AppError, type ErrorCode } from "@/server/domain/app-error";

/** Whether the same call may succeed at another time. */
const MAY_SUCCEED_LATER: Record<ErrorCode, boolean> = {
  INVALID_INPUT: false,
  UNAUTHENTICATED: false,
  TIER_REQUIRED: false,
  FORBIDDEN: false,
  NOT_FOUND: false,
  CONFLICT: true,
  RULE_VIOLATED: false,
  RATE_LIMITED: true,
  UPSTREAM_INVALID: true,
  UPSTREAM_UNAVAILABLE: true,
};

/** Passes the outcome of a use-case on; an error that would come again at every attempt ends the retries. */
export async function orStopRetrying<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && !MAY_SUCCEED_LATER[error.code]) throw new NonRetriableError(`${error.code}: ${error.message}`, { cause: error });
    throw error;
  }
}
