import "server-only";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { refusalOf } from "@/server/domain/account/access";
import { AppError } from "@/server/domain/app-error";
import { getExportArchive } from "@/server/services/account/request-export";
import { createRequestCtx } from "./request-ctx";

const NO_STORE = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };
const plainly = (status: number, text: string) => new Response(`${text}\n`, { status, headers: { ...NO_STORE, "content-type": "text/plain; charset=utf-8" } });

/** Sends a person the archive of their data: in a session with a fresh proof, and to nobody else. */
export async function exportDownload(headers: Headers, exportId: string): Promise<Response> {
  try {
    const ctx = await createRequestCtx(headers);
    const { caller } = ctx;
    if (caller.kind !== "session") return plainly(401, "Sign in first");
    const { role, secondFactor, tier } = caller.user;
    if (refusalOf("recent", { role, secondFactor, tier, steppedUpAt: caller.steppedUpAt, impersonated: caller.impersonatorId !== null }, { now: ctx.now(), writes: true })) return plainly(403, "Confirm that it is you first, in the settings");
    if (!z.uuid().safeParse(exportId).success) return plainly(404, "No such archive");
    const { archive, requestedAt } = await getExportArchive({ ...ctx, user: caller.user }, { exportId });
    const name = `nexus-alpha-${requestedAt.toISOString().slice(0, 10)}.zip`;
    return new Response(new Uint8Array(archive), { headers: { ...NO_STORE, "content-type": "application/zip", "content-disposition": `attachment; filename="${name}"` } });
  } catch (error) {
    const known = error instanceof TRPCError ? error.cause : error;
    if (known instanceof AppError) return plainly(known.code === "NOT_FOUND" ? 404 : known.code === "UNAUTHENTICATED" ? 401 : 503, known.message);
    throw error;
  }
}
