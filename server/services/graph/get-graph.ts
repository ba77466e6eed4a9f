import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";

export async function getGraph(_ctx: Ctx): Promise<never> {
  throw new AppError("UPSTREAM_UNAVAILABLE", "getGraph is being written");
}
