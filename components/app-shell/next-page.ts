/** Options of every infinite list: the next page starts at the cursor the last one gave. */
export const nextPage = {
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
};
