import pino, { type Logger } from "pino";

export type Log = Logger;

/** One JSON line per event on standard output; secrets never reach it. */
export const createLog = (name: string, level: string): Log =>
  pino({
    name,
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ["*.password", "*.token", "*.secret", "*.authorization", "*.cookie", "DATABASE_URL"], censor: "[redacted]" },
  });
