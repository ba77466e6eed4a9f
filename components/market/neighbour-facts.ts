import type { ConnectionDto, GraphNodeDto } from "@/server/contracts/graph";

/** Where a neighbour is looked at: companies have a page, the rest stand in the graph. */
export const hrefOf = ({ key, kind }: Pick<GraphNodeDto, "key" | "kind">): string => (kind === "company" ? `/companies/${encodeURIComponent(key.slice(8))}` : `/dashboard?node=${encodeURIComponent(key)}`);

/** The measured effect where there is one, otherwise strength with its sign. */
export const coefficientOf = ({ elasticity, sign, strength }: Pick<ConnectionDto, "elasticity" | "sign" | "strength">): number => elasticity ?? sign * strength;
