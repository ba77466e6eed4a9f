import { Prisma } from "@/prisma/generated/client";

/** A piece of a query with its values, to be put into another. */
export type SqlPart = Prisma.Sql;
export const sqlPart = Prisma.sql;
