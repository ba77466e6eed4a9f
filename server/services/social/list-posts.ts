import type { Prisma } from "@/prisma/generated/client";
import type { z } from "zod";
import type { ListSocialInput, socialPage } from "@/server/contracts/social";
import { AppError } from "@/server/domain/app-error";
import { addDays, tradingDate } from "@/server/domain/calendar/trading-date";
import { NEUTRAL_BAND, type SentimentLabel } from "@/server/domain/news/headline-sentiment";
import type { Ctx } from "@/server/services/ctx";
import { decodeCursor, decodeTimeCursor, encodeCursor, uuidOfCursor } from "@/server/services/market/list-cursor";
import { NETWORK_OF, toSocialPost, WITH_AUTHOR } from "./post-rows";

const SENTIMENT: Record<SentimentLabel, Prisma.FloatNullableFilter> = { positive: { gte: NEUTRAL_BAND }, negative: { lte: -NEUTRAL_BAND }, neutral: { gt: -NEUTRAL_BAND, lt: NEUTRAL_BAND } };

/** Where a list by engagement goes on; posts whose engagement is not known are not in it. */
function engagementCursor(cursor: string): { engagement: number; id: string } {
  const { key, id } = decodeCursor(cursor, "social engagement");
  if (typeof key !== "number" || !Number.isSafeInteger(key)) throw new AppError("INVALID_INPUT", "This cursor is not one of this list; start again without it", { field: "cursor" });
  return { engagement: key, id: uuidOfCursor(id) };
}

/** Posts that pass a filter, newest or most engaged with first. */
export async function listPosts(ctx: Ctx, { limit, cursor, network, handle, ticker, sentiment, from, to, sort }: ListSocialInput): Promise<z.infer<typeof socialPage>> {
  if (from && to && from > to) throw new AppError("INVALID_INPUT", "The first day lies after the last", { field: "from" });
  const where: Prisma.SocialPostWhereInput[] = [
    ...(network ? [{ network: NETWORK_OF[network] }] : []),
    ...(handle ? [{ account: { handle } }] : []),
    ...(ticker ? [{ tickers: { has: ticker } }] : []),
    ...(sentiment ? [{ sentiment: SENTIMENT[sentiment] }] : []),
    ...(from ? [{ postedAt: { gte: new Date(from) } }] : []),
    ...(to ? [{ postedAt: { lt: new Date(addDays(tradingDate(to), 1)) } }] : []),
  ];
  if (sort === "engagement") {
    const after = cursor ? engagementCursor(cursor) : null;
    where.push({ engagement: { not: null } }, ...(after ? [{ OR: [{ engagement: { lt: after.engagement } }, { engagement: after.engagement, id: { lt: after.id } }] }] : []));
  } else {
    const after = cursor ? decodeTimeCursor(cursor, "social newest") : null;
    where.push(...(after ? [{ OR: [{ postedAt: { lt: after.at } }, { postedAt: after.at, id: { lt: after.id } }] }] : []));
  }
  const orderBy = sort === "engagement" ? [{ engagement: "desc" as const }, { id: "desc" as const }] : [{ postedAt: "desc" as const }, { id: "desc" as const }];
  const rows = await ctx.db.socialPost.findMany({ where: { AND: where }, orderBy, take: limit + 1, include: WITH_AUTHOR });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = last && rows.length > limit ? encodeCursor({ list: `social ${sort}`, key: sort === "engagement" ? last.engagement! : last.postedAt.toISOString(), id: last.id }) : null;
  return { items: shown.map(toSocialPost), nextCursor };
}
