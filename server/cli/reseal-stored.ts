import { resolve } from "node:path";
import { readEnv } from "@/server/platform/env";
import { siteSecret } from "@/server/platform/site-secret";
import { resealSecrets } from "@/server/services/account/reseal-secrets";
import { systemCtx } from "@/server/runtime";
import { openProductDatabase } from "./product-database";

const closeDatabase = await openProductDatabase();
const env = readEnv();
// The same secret as `npm start` takes.
if (!env.NEXTAUTH_SECRET) process.env.NEXTAUTH_SECRET = siteSecret(resolve(import.meta.dirname, "../..", env.DATA_DIR));
const ctx = systemCtx("secrets-reseal");
const { secondFactors, webhooks } = await resealSecrets(ctx);
console.log(`Sealed anew: ${secondFactors.resealed} second factors, ${webhooks.resealed} webhooks.`);
const lost = secondFactors.lost + webhooks.lost;
if (lost === 0) console.log("NEXTAUTH_SECRET_PREVIOUS is needed no more.");
else {
  console.error(`${secondFactors.lost} second factors and ${webhooks.lost} webhooks open with neither NEXTAUTH_SECRET nor NEXTAUTH_SECRET_PREVIOUS and were left as they are.`);
  process.exitCode = 1;
}
await ctx.db.$disconnect();
await closeDatabase();
