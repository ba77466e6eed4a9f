import { parseArgs } from "node:util";
import { AppError } from "@/server/domain/app-error";
import { resetAdminPassword } from "@/server/services/account/reset-admin-password";
import { systemCtx } from "@/server/runtime";
import { openProductDatabase } from "./product-database";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { "drop-second-factor": { type: "boolean", default: false } } });
const email = positionals[0]?.normalize("NFKC").trim().toLowerCase();
if (!email || positionals.length > 1) {
  console.error("Usage: npm run admin:reset -- e-mail [--drop-second-factor]");
  process.exit(2);
}

const closeDatabase = await openProductDatabase();
const ctx = systemCtx("admin-reset");
try {
  const { password, until } = await resetAdminPassword(ctx, { email, dropSecondFactor: values["drop-second-factor"] });
  console.log(`One-time password of ${email}, told once, good until ${until.toISOString()}:  ${password}`);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await ctx.db.$disconnect();
  await closeDatabase();
}
