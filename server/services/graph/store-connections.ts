import type { ConnectionBasis, ConnectionKind } from "@/prisma/generated/enums";
import { AppError } from "@/server/domain/app-error";
import type { Formula } from "@/server/domain/shared/formula";
import type { Db } from "@/server/platform/db";
import { CONNECTION_FIGURES } from "./connection-figures";

/** Evidence as `contracts/graph.ts` has it; all fields optional. */
export type EvidenceToStore = { company?: string; form?: string; year?: number; text?: string; stated?: boolean; method?: Formula; from?: string; to?: string; data?: string };

export type ConnectionToStore = {
  kind: ConnectionKind;
  /** Node keys. */
  from: string;
  to: string;
  response: "" | "revenue" | "return";
  strength: number;
  sign: number;
  elasticity: number | null;
  stdError: number | null;
  n: number | null;
  rSquared: number | null;
  significant: boolean | null;
  lagQuarters: number;
  basis: ConnectionBasis;
  evidence: EvidenceToStore | null;
  verified: boolean;
  author: string;
};

/** The fields of an estimate, of a connection that is none. */
export const NO_ESTIMATE = { response: "", elasticity: null, stdError: null, n: null, rSquared: null, significant: null, lagQuarters: 0 } as const;

export type ConnectionScope = { kinds: readonly ConnectionKind[]; author?: string };
export type StoreOptions = {
  /** Connections of these kinds and this author that are no longer wanted are removed: an estimate that data no longer permit must not stay. */
  retire?: ConnectionScope;
  /** Connections of this author are left as they are: what was estimated here is better than what came with the program. */
  keepAuthor?: string;
};

/** Key order of a stored JSON object is the database's own. */
const sorted = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? `{${Object.entries(value).filter(([, entry]) => entry !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => `${key}:${sorted(entry)}`).join()}}`
    : JSON.stringify(value);
const FIELDS = [...(Object.keys(CONNECTION_FIGURES) as (keyof typeof CONNECTION_FIGURES)[]), "basis", "verified", "author"] as const;

/** A document is cited whole, and only where its wording was read; what is merely known to stand in one is assumed and cites nothing. */
function assertCitedAsRead({ from, to, basis, evidence, verified }: ConnectionToStore): void {
  const whole = evidence !== null && [evidence.company, evidence.form, evidence.year, evidence.text].every((part) => part !== undefined);
  const cites = evidence !== null && [evidence.company, evidence.form, evidence.year].some((part) => part !== undefined);
  if (basis === "FILED" ? !(whole && verified) : cites) throw new AppError("RULE_VIOLATED", `The connection from ${from} to ${to} cites a document that is incomplete or was not read`, { field: "evidence" });
}

/**
 * Stores connections by their natural key (kind, from, to, response); writes only what differs and returns counts.
 * `unknown` names nodes that do not exist; their connections are not stored.
 * @throws AppError RULE_VIOLATED when a citation is incomplete or unread
 */
export async function storeConnections(db: Db, runId: string, wanted: readonly ConnectionToStore[], { retire, keepAuthor }: StoreOptions = {}): Promise<{ changed: number; removed: number; unknown: string[] }> {
  wanted.forEach(assertCitedAsRead);
  const nodes = await db.graphNode.findMany({ select: { id: true, key: true } });
  const idOf = new Map(nodes.map(({ key, id }) => [key, id]));
  const unknown = [...new Set(wanted.flatMap(({ from, to }) => [from, to]).filter((key) => !idOf.has(key)))];
  const rows = wanted.filter(({ from, to }) => idOf.has(from) && idOf.has(to)).map(({ from, to, ...rest }) => ({ ...rest, fromId: idOf.get(from)!, toId: idOf.get(to)! }));

  const keyOf = (row: { kind: string; fromId: string; toId: string; response: string }) => `${row.kind} ${row.fromId} ${row.toId} ${row.response}`;
  const held = new Map((await db.connection.findMany()).map((row) => [keyOf(row), row]));
  const missing = rows.filter((row) => !held.has(keyOf(row)));
  await db.connection.createMany({ data: missing.map(({ evidence, ...row }) => ({ ...row, evidence: evidence ?? undefined, runId })), skipDuplicates: true });

  const stale = rows.filter((row) => {
    const before = held.get(keyOf(row));
    // What somebody assumes does not take the place of what another has read in a document.
    const assumedOverRead = before?.basis === "FILED" && row.basis === "ASSUMED" && before.author !== row.author;
    return before !== undefined && before.author !== keepAuthor && !assumedOverRead && (FIELDS.some((field) => before[field] !== row[field]) || sorted(before.evidence) !== sorted(row.evidence));
  });
  if (stale.length > 0) {
    const changes = stale.map((row) => ({ ...row, id: held.get(keyOf(row))!.id }));
    await db.$executeRaw`
      UPDATE connection AS held
      SET strength = row.strength, sign = row.sign, elasticity = row.elasticity, std_error = row."stdError", n = row.n, r_squared = row."rSquared", significant = row.significant,
          lag_quarters = row."lagQuarters", basis = row.basis::connection_basis, evidence = row.evidence, verified = row.verified, author = row.author, run_id = ${runId}::uuid, updated_at = now()
      FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
        AS row (id uuid, strength float8, sign int, elasticity float8, "stdError" float8, n int, "rSquared" float8, significant boolean, "lagQuarters" int, basis text, evidence jsonb, verified boolean, author text)
      WHERE held.id = row.id`;
  }

  const kept = new Set(rows.map(keyOf));
  const gone = retire ? [...held.entries()].filter(([key, row]) => retire.kinds.includes(row.kind) && (!retire.author || row.author === retire.author) && !kept.has(key)).map(([, { id }]) => id) : [];
  if (gone.length > 0) await db.connection.deleteMany({ where: { id: { in: gone } } });
  return { changed: missing.length + stale.length, removed: gone.length, unknown };
}
