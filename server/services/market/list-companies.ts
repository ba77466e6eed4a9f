import { AppError } from "@/server/domain/app-error";
import type { Ctx } from "@/server/services/ctx";

export async function listCompanies(_ctx: Ctx, _input: unknown): Promise<never> {
  throw new AppError("UPSTREAM_UNAVAILABLE", "listCompanies is being written");
}
