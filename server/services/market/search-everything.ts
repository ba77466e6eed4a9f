import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";

export async function searchEverything(_ctx: Ctx, _input: unknown): Promise<never> {
  throw new AppError("UPSTREAM_UNAVAILABLE", "searchEverything is being written");
}
