import type { Prisma } from "@/prisma/generated/client";

/** Takes back the seats given last where more are given than there are. */
export async function releaseSeats(tx: Pick<Prisma.TransactionClient, "seat">, { ownerId, bound }: { ownerId: string; bound: number }): Promise<number> {
  const given = await tx.seat.findMany({ where: { ownerId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: { id: true } });
  const tooMany = given.slice(bound).map(({ id }) => id);
  if (tooMany.length > 0) await tx.seat.deleteMany({ where: { id: { in: tooMany } } });
  return tooMany.length;
}
