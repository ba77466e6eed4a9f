import { readFile, stat } from "node:fs/promises";
import { SOCIAL_NETWORKS, socialHandle } from "@/server/contracts/social";
import { AppError } from "@/server/domain/app-error";
import { systemCtx } from "@/server/runtime";
import { importSocialArchive } from "@/server/services/ingestion/ingest-social";
import { openProductDatabase } from "./product-database";

/** Stores the posts of an archive that a person brings: tweets.js of X, or the statuses or outbox.json of Truth Social. */
const USAGE = `Usage: npm run social:import -- <${SOCIAL_NETWORKS.join("|")}> <handle> <file>`;
const MOST_BYTES = 512 * 2 ** 20;

const [network, handle = "", path] = process.argv.slice(2);
const known = SOCIAL_NETWORKS.find((one) => one === network);
const author = socialHandle.safeParse(handle);
if (!known || !author.success || path === undefined) {
  console.error(USAGE);
  process.exit(1);
}

const closeDatabase = await openProductDatabase();
const ctx = systemCtx("import");
try {
  if ((await stat(path)).size > MOST_BYTES) throw new AppError("INVALID_INPUT", "An archive has 512 MiB at most; give it in parts", { field: "file" });
  const { received, changed, rejected } = await importSocialArchive(ctx, { network: known, author: author.data, file: await readFile(path, "utf8") });
  console.log(`${received} posts read, ${changed} stored or changed, ${rejected} refused.`);
} catch (cause) {
  console.error(cause instanceof AppError ? `${cause.code}: ${cause.message}` : cause);
  process.exitCode = 1;
} finally {
  await ctx.db.$disconnect();
  await closeDatabase();
}
