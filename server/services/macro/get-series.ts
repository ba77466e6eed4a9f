import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";

export async function getSeries(_ctx: Ctx, _input: unknown): Promise<never> {
  throw new AppError("UPSTREAM_UNAVAILABLE", "getSeries is being written");
}
