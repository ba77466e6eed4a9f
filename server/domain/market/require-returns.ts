import { AppError } from "@/server/domain/app-error";

/** @throws AppError INVALID_INPUT when a return is not finite */
export function requireLogReturns(returns: readonly number[]): void {
  if (!returns.every(Number.isFinite)) throw new AppError("INVALID_INPUT", "Returns are finite numbers", { field: "returns" });
}
