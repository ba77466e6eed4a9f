/** A text for Prisma's `contains` and `startsWith`, which hand it to LIKE as it is: so marked, `%` and `_` stand for nothing but themselves. */
export const literalText = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
