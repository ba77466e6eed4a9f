import { AppError } from "@/server/domain/app-error";

/**
 * Whether the vendors answer at all, told by the first of many calls: while they are away, hundreds that must fail would fill the queue and the history for nothing.
 * A vendor that does not know this one answers too.
 */
export async function isAnswered(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code !== "UPSTREAM_UNAVAILABLE" && error.code !== "RATE_LIMITED";
  }
}
