import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";

export async function listBars(_ctx: Ctx, _input: unknown): Promise<never> {
  throw new AppError("UPSTREAM_UNAVAILABLE", "listBars is being written");
}
