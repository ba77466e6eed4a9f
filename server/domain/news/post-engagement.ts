export type EngagementCounts = { likes: number | null; reposts: number | null; replies: number | null; quotes: number | null };

/** Passing a post on shows it to others and costs more than a like. */
const PASSED_ON = 2;

/**
 * How many people acted on a post, those who passed it on counted twice.
 *
 *     E = likes + replies + 2 (reposts + quotes)
 *
 * @param counts  each a whole number, or null where the network does not tell it
 * @returns a whole number, of the counts that are known; null when none is
 *
 * Convention: the weight of 2 is a judgement and not measured; views are not counted, since nobody acts by seeing.
 * Worked: 100 likes, 20 reposts, 10 replies, quotes not told -> 150
 */
export function postEngagement({ likes, reposts, replies, quotes }: EngagementCounts): number | null {
  if ([likes, reposts, replies, quotes].every((count) => count === null)) return null;
  return (likes ?? 0) + (replies ?? 0) + PASSED_ON * ((reposts ?? 0) + (quotes ?? 0));
}
