/** Whether a write failed because its key is taken: Prisma's P2002. */
export const isUniqueViolation = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "P2002";
