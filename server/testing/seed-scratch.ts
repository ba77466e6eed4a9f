import { seedAll } from "@/prisma/seed/seed-all";
import type { Ctx } from "@/server/services/ctx";

/** Gives the scratch database what a fresh installation has; where another test has done so, nothing changes. */
export const seedScratch = (ctx: Ctx): Promise<void> => seedAll({ ...ctx, connectionString: process.env.DATABASE_URL ?? "" });
