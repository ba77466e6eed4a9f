import { z } from "zod";
import { formula, pageInput, pageOf } from "./common";
import { sectorCode } from "./market";

export const NODE_KINDS = ["driver", "sector", "company", "asset"] as const;
export const nodeKind = z.enum(NODE_KINDS);
export type NodeKindName = z.infer<typeof nodeKind>;
export const CONNECTION_KINDS = ["membership", "impact", "supply", "competition", "ownership"] as const;
export const connectionKind = z.enum(CONNECTION_KINDS);
export type ConnectionKindName = z.infer<typeof connectionKind>;
export const CONNECTION_BASES = ["estimated", "filed", "assumed", "definition"] as const;

export const graphNode = z.object({
  /** driver:fedFunds, sector:BANKING, company:JPM, asset:BTC-USD. */
  key: z.string(),
  kind: nodeKind,
  label: z.string(),
  sector: sectorCode.nullable(),
  isFinancial: z.boolean(),
  /** Trailing revenue in USD for companies (node size); null elsewhere. */
  revenue: z.number().nullable(),
  /** Layout in scene units: x, z in the layer's plane, y by layer; precomputed on the server, deterministic. */
  position: z.tuple([z.number(), z.number(), z.number()]),
});
export type GraphNodeDto = z.infer<typeof graphNode>;

export const evidence = z.object({
  /** What says so: for filed edges the document, for estimates the method. */
  company: z.string().nullish(),
  form: z.string().nullish(),
  year: z.number().int().nullish(),
  text: z.string().nullish(),
  /** The document gives the strength too; otherwise the strength is assumed. */
  stated: z.boolean().nullish(),
  /** An estimate: how it was made. What was stored before methods had codes tells none. */
  method: formula.nullish().catch(null),
  from: z.string().nullish(),
  to: z.string().nullish(),
  /** Symbols and series behind an estimate. */
  data: z.string().nullish(),
});

export const connection = z.object({
  id: z.string(),
  kind: connectionKind,
  /** Supply runs from supplier to customer, ownership from holder to held, membership from part to whole, impact from driver; competition is stored once. */
  from: z.string(),
  to: z.string(),
  response: z.enum(["", "revenue", "return"]),
  strength: z.number().min(0).max(1),
  sign: z.number().int().min(-1).max(1),
  elasticity: z.number().nullable(),
  stdError: z.number().nullable(),
  n: z.number().int().nullable(),
  rSquared: z.number().nullable(),
  significant: z.boolean().nullable(),
  lagQuarters: z.number().int(),
  basis: z.enum(CONNECTION_BASES),
  evidence: evidence.nullable(),
  /** Of a filed connection always true: a document is cited only where its wording was read. */
  verified: z.boolean(),
  author: z.string(),
});
export type ConnectionDto = z.infer<typeof connection>;

export const graph = z.object({
  nodes: z.array(graphNode),
  connections: z.array(connection),
  counts: z.object({ nodes: z.record(z.string(), z.number()), connections: z.record(z.string(), z.number()) }),
  /** Newest update of a connection. */
  asOf: z.string().nullable(),
});
export type GraphDto = z.infer<typeof graph>;

/** What a still picture of the whole graph needs, and no more; pairs are places in `nodes`. */
const pair = z.tuple([z.number().int(), z.number().int()]);
export const graphPreview = z.object({
  nodes: z.array(graphNode.pick({ key: true, kind: true, label: true, revenue: true, position: true })),
  memberships: z.array(pair),
  /** The strongest of the other connections. */
  connections: z.array(pair),
  /** The strongest measured effects of one driver. */
  lit: z.array(z.object({ pair, sign: z.number().int().min(-1).max(1) })),
  driver: z.string().nullable(),
  counts: z.object({ nodes: z.record(z.string(), z.number()), connections: z.number().int(), estimates: z.number().int(), significant: z.number().int() }),
});
export type GraphPreviewDto = z.infer<typeof graphPreview>;

export const neighboursInput = z.object({ key: z.string().min(3).max(80), limit: z.coerce.number().int().min(1).max(100).default(24) });
export const neighbours = z.object({ node: graphNode, neighbours: z.array(z.object({ node: graphNode, connection })), total: z.number().int() });

const nodeKey = z.string().trim().min(3).max(80);
export const listConnectionsInput = pageInput.extend({
  /** At either end. */
  node: nodeKey.nullish(),
  from: nodeKey.nullish(),
  to: nodeKey.nullish(),
  kind: connectionKind.nullish(),
  basis: z.enum(CONNECTION_BASES).nullish(),
  significant: z.boolean().nullish(),
  verified: z.boolean().nullish(),
});
export type ListConnectionsInput = z.infer<typeof listConnectionsInput>;
export const connectionPage = pageOf(connection).extend({ total: z.number().int() });

const SAID_KINDS = ["supply", "competition", "ownership"] as const satisfies readonly ConnectionKindName[];
export const createConnectionInput = z.strictObject({
  /** What people and documents say; the other kinds are estimated or true by definition. */
  kind: z.enum(SAID_KINDS),
  from: nodeKey,
  to: nodeKey,
  strength: z.number().min(0).max(1),
  sign: z.union([z.literal(-1), z.literal(0), z.literal(1)]).default(1),
  /** Kept in the audit log. */
  reason: z.string().trim().min(3, "Say why in a few words").max(500),
});
export type CreateConnectionInput = z.infer<typeof createConnectionInput>;
