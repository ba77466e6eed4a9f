import { AppError } from "@/server/domain/app-error";

/** Refuses a period that is no count of values and values that are no numbers. */
export function requireIndicatorInput(values: readonly number[], periods: Readonly<Record<string, number>>): void {
  for (const [name, period] of Object.entries(periods)) {
    if (!Number.isInteger(period) || period < 1) throw new AppError("INVALID_INPUT", `${name} is a whole number of values, 1 or more`, { field: name });
  }
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd !== -1) throw new AppError("INVALID_INPUT", "Prices are finite numbers", { field: `values.${odd}` });
}
