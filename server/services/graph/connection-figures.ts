import type { ConnectionKind } from "@/prisma/generated/enums";
import type { ConnectionKindName } from "@/server/contracts/graph";

/** What is measured or assumed of a connection, as a selection of columns; the writer and every reader take these. */
export const CONNECTION_FIGURES = { strength: true, sign: true, elasticity: true, stdError: true, n: true, rSquared: true, significant: true, lagQuarters: true } as const;

/** A stored kind in the words of the wire. */
export const CONNECTION_KIND_NAME = { MEMBERSHIP: "membership", IMPACT: "impact", SUPPLY: "supply", COMPETITION: "competition", OWNERSHIP: "ownership" } as const satisfies Record<ConnectionKind, ConnectionKindName>;
