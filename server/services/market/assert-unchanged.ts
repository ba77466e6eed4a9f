import { AppError } from "@/server/domain/app-error";

/** Keeps two editors from writing over each other unseen: what was changed since the second looked is left alone. */
export function assertUnchanged({ updatedAt }: { updatedAt: Date }, seenAt: string | undefined): void {
  if (seenAt !== undefined && updatedAt.getTime() !== new Date(seenAt).getTime()) throw new AppError("CONFLICT", "Somebody else has changed this since", { field: "seenAt", reason: "CHANGED_SINCE" });
}
