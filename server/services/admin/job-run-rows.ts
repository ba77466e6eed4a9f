import type { RunnerRun } from "@/prisma/generated/client";
import type { JobRunDto } from "@/server/contracts/job";

type Row = Pick<RunnerRun, "id" | "functionId" | "eventName" | "status" | "queuedAt" | "endedAt" | "error">;

/** The name and message of a stored error; its stack is for the log. */
export function toShownError(error: unknown): { name: string; message: string } | null {
  if (typeof error !== "object" || error === null) return null;
  const { name, message } = error as { name?: unknown; message?: unknown };
  return { name: typeof name === "string" ? name : "Error", message: typeof message === "string" ? message : "" };
}

export const toJobRunDto = ({ id, functionId, eventName, status, queuedAt, endedAt, error }: Row): JobRunDto => ({
  id, functionId, eventName, status,
  queuedAt: queuedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  durationMs: endedAt ? endedAt.getTime() - queuedAt.getTime() : null,
  error: toShownError(error),
});
