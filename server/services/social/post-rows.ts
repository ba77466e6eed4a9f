import type { SocialNetwork, SocialPost } from "@/prisma/generated/client";
import type { SocialNetworkName, SocialPostDto } from "@/server/contracts/social";
import { sentimentLabelOf } from "@/server/domain/news/headline-sentiment";

export const NETWORK_OF = { x: "X", "truth-social": "TRUTH_SOCIAL" } as const satisfies Record<SocialNetworkName, SocialNetwork>;
export const NETWORK_NAME = { X: "x", TRUTH_SOCIAL: "truth-social" } as const satisfies Record<SocialNetwork, SocialNetworkName>;

export type PostRow = SocialPost & { account: { handle: string; name: string | null } };
export const WITH_AUTHOR = { account: { select: { handle: true, name: true } } } as const;

export function toSocialPost(row: PostRow): SocialPostDto {
  const { sentiment: score, sentimentConfidence: confidence } = row;
  return {
    id: row.id, network: NETWORK_NAME[row.network], author: row.account, text: row.text, url: row.url, postedAt: row.postedAt.toISOString(), language: row.language,
    likes: row.likes, reposts: row.reposts, replies: row.replies, quotes: row.quotes, views: row.views === null ? null : Number(row.views), engagement: row.engagement, isRepost: row.repostOf !== null,
    tickers: row.tickers, people: row.people, topics: row.topics as SocialPostDto["topics"],
    sentiment: score === null || confidence === null ? null : { score, confidence, label: sentimentLabelOf(score), method: "lexicon" },
    movedBy: row.movedBy as SocialPostDto["movedBy"], provider: row.provider,
  };
}
