import { AppError } from "@/server/domain/app-error";

/** Node, pg and Prisma each name a lost server their own way. */
const CODES = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "ENOTFOUND", "57P01", "57P02", "57P03", "08000", "08001", "08003", "08006", "53300", "P1001", "P1002", "P1008", "P1017", "P2024"]);
const WORDS = /Connection terminated|Can't reach database|connection is closed|timeout exceeded when trying to connect|server closed the connection|connection error and is not queryable|DatabaseNotReachable|ConnectionClosed/i;

/** Whether an error says that the database cannot be reached, as opposed to a fault of ours. */
export function isDatabaseDown(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  if (typeof code === "string" && CODES.has(code)) return true;
  if (typeof message === "string" && WORDS.test(message)) return true;
  return isDatabaseDown(cause, depth + 1);
}

/** What a caller is told of a lost database. */
export const databaseLost = (): AppError => new AppError("UPSTREAM_UNAVAILABLE", "The database cannot be reached. Nothing was lost; trying again.", { component: "database" });
