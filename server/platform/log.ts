import pino, { type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** Names under which secrets stand in what we, our libraries and their errors hand to the log. */
const SECRETS = ["password", "newPassword", "currentPassword", "passwordHash", "token", "secret", "authorization", "cookie"];
/** Each depth costs every line; errors of clients carry their request's headers as deep as this. */
const PATHS = [...SECRETS.flatMap((word) => [word, `*.${word}`, `*.*.${word}`]), "*.*.*.authorization", "*.*.*.cookie", "DATABASE_URL"];

/** One JSON line per event on standard output; secrets never reach it. */
export const createLog = (process: string, level: string, destination?: DestinationStream): Log =>
  pino({
    level,
    // A line's own `name` is its procedure or event; as a key it must not stand there twice.
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PATHS, censor: "[redacted]" },
  }, destination);
