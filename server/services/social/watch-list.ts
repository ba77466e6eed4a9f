import { WATCHED_AT_MOST, type WatchInput, type WatchListDto } from "@/server/contracts/social";
import { AppError } from "@/server/domain/app-error";
import type { Ctx, UserCtx } from "@/server/services/ctx";
import { NETWORK_NAME, NETWORK_OF } from "./post-rows";

/** Whose posts a person is told of. */
export async function listWatched(ctx: UserCtx): Promise<WatchListDto> {
  const rows = await ctx.db.socialWatch.findMany({
    where: { userId: ctx.user.id }, orderBy: [{ createdAt: "desc" }, { accountId: "asc" }],
    select: { account: { select: { network: true, handle: true, name: true, _count: { select: { posts: true } }, posts: { orderBy: [{ postedAt: "desc" }, { id: "desc" }], take: 1, select: { postedAt: true } } } } },
  });
  return { items: rows.map(({ account: { network, handle, name, _count, posts } }) => ({ network: NETWORK_NAME[network], handle, name, posts: _count.posts, lastPostAt: posts[0]?.postedAt.toISOString() ?? null })) };
}

/** Has a person told of an account's posts that move; done twice it changes nothing. */
export async function watchAccount(ctx: UserCtx, { network, handle }: WatchInput): Promise<WatchListDto> {
  const userId = ctx.user.id;
  await ctx.db.$transaction(async (tx) => {
    // Two at once would both find room for one more.
    await tx.$queryRaw`SELECT 1 FROM user_account WHERE id = ${userId}::uuid FOR UPDATE`;
    const account = await tx.socialAccount.upsert({ where: { network_handle: { network: NETWORK_OF[network], handle } }, create: { network: NETWORK_OF[network], handle }, update: {}, select: { id: true } });
    const watched = await tx.socialWatch.findMany({ where: { userId }, select: { accountId: true } });
    if (watched.some(({ accountId }) => accountId === account.id)) return;
    if (watched.length >= WATCHED_AT_MOST) throw new AppError("RULE_VIOLATED", `At most ${WATCHED_AT_MOST} accounts are watched; take one off first`, { field: "handle", reason: "WATCH_LIST_FULL" });
    await tx.socialWatch.create({ data: { userId, accountId: account.id } });
  });
  return listWatched(ctx);
}

/** Takes an account off a person's list; one that does not stand there is no error. */
export async function unwatchAccount(ctx: UserCtx, { network, handle }: WatchInput): Promise<WatchListDto> {
  await ctx.db.socialWatch.deleteMany({ where: { userId: ctx.user.id, account: { network: NETWORK_OF[network], handle } } });
  return listWatched(ctx);
}

/** Handles that anybody watches on a network: what its interface is asked for. */
export async function listWatchedHandles(ctx: Pick<Ctx, "db">, network: WatchInput["network"]): Promise<string[]> {
  const rows = await ctx.db.socialAccount.findMany({ where: { network: NETWORK_OF[network], watches: { some: {} } }, orderBy: { handle: "asc" }, select: { handle: true } });
  return rows.map(({ handle }) => handle);
}
