import type { InfluencerAlert } from "@/server/contracts/social";
import type { PostMove } from "@/server/domain/news/post-move";
import type { Ctx } from "@/server/services/ctx";
import { NETWORK_NAME } from "./post-rows";

const WITHIN_MS = 86_400_000;
const SHOWN = 20;

/** Posts of the last day that moved, from accounts that a person watches, newest first. */
export async function listInfluencerAlerts(ctx: Pick<Ctx, "db" | "now">, { userId }: { userId: string }): Promise<InfluencerAlert[]> {
  const posts = await ctx.db.socialPost.findMany({
    where: { movedBy: { not: null }, postedAt: { gte: new Date(ctx.now().getTime() - WITHIN_MS) }, account: { watches: { some: { userId } } } },
    orderBy: [{ postedAt: "desc" }, { id: "desc" }],
    take: SHOWN,
    select: { id: true, network: true, text: true, url: true, postedAt: true, tickers: true, movedBy: true, sentiment: true, account: { select: { handle: true, name: true } } },
  });
  return posts.map(({ id, network, account, text, url, postedAt, tickers, movedBy, sentiment }) => ({
    postId: id, network: NETWORK_NAME[network], handle: account.handle, name: account.name, text, url, postedAt: postedAt.toISOString(), tickers, reason: movedBy as PostMove, score: sentiment,
  }));
}
