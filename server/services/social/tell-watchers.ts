import type { PostMove } from "@/server/domain/news/post-move";
import type { Ctx } from "@/server/services/ctx";
import { notify } from "@/server/services/notification/notify";
import { NETWORK_NAME } from "./post-rows";

const WITHIN_MS = 86_400_000;
const LONGEST_QUOTE = 200;

/** Tells those who watch an account of its posts of the last day that move, each person once a post, so that running twice tells nobody twice. */
export async function tellWatchers(ctx: Pick<Ctx, "db" | "emit" | "now" | "site">): Promise<{ posts: number; told: number }> {
  const posts = await ctx.db.socialPost.findMany({
    where: { movedBy: { not: null }, postedAt: { gte: new Date(ctx.now().getTime() - WITHIN_MS) } }, orderBy: [{ postedAt: "asc" }, { id: "asc" }],
    select: { id: true, network: true, text: true, tickers: true, movedBy: true, account: { select: { handle: true, name: true, watches: { select: { userId: true } } } } },
  });
  let told = 0;
  for (const { id, network, text, tickers, movedBy, account } of posts) {
    for (const { userId } of account.watches) {
      const params = { author: account.name ?? account.handle, handle: account.handle, network: NETWORK_NAME[network], reason: movedBy as PostMove, quote: text.slice(0, LONGEST_QUOTE), tickers: tickers.slice(0, 5).join(", ") };
      await ctx.db.$transaction((tx) => notify(tx, ctx, { userId, kind: "social.post-moved", params, onceKey: `post:${id}` }));
      told += 1;
    }
  }
  return { posts: posts.length, told };
}
