import { withDone } from "@/server/domain/runner/step-progress";
import { storableJson } from "@/server/domain/runner/storable-json";
import type { EventBody, StoredError } from "./inngest-payload";
import type { RunnerTx } from "./runner-ctx";

/** What the app gets back for a step when it replays the function. */
export type Memo = { data: unknown } | { error: StoredError };

/** A run whose row is locked by the transaction. */
export type RunRecord = {
  id: string;
  functionId: string;
  eventName: string;
  events: EventBody[];
  status: "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
  stack: readonly string[];
  pending: readonly string[];
  forcePlan: boolean;
  parentRunId: string | null;
  parentStepId: string | null;
  /** Its time to finish is over. */
  overdue: boolean;
  /** Set when the function is to be called for what comes next. */
  discover: boolean;
};

const COLUMNS = `id, function_id AS "functionId", event_name AS "eventName", events, status, stack, pending, force_plan AS "forcePlan",
  parent_run_id AS "parentRunId", parent_step_id AS "parentStepId", coalesce(finish_by <= clock_timestamp(), false) AS overdue, false AS discover`;

/** Everything that changes a run holds its row first, so that branches that end at once take turns. */
export async function lockRun({ client }: RunnerTx, id: string): Promise<RunRecord | null> {
  const { rows } = await client.query<RunRecord>({ name: "lock-run", text: `SELECT ${COLUMNS} FROM runner_run WHERE id = $1 FOR UPDATE`, values: [id] });
  return rows[0] ?? null;
}

/** Stores where the run stands and puts the discovery that it asks for in the queue; one that is at work is made once more after it. */
export async function saveRun({ client }: RunnerTx, run: RunRecord): Promise<void> {
  await client.query({
    name: "save-run",
    text: "UPDATE runner_run SET stack = $2, pending = $3, force_plan = $4 WHERE id = $1",
    values: [run.id, run.stack, run.pending, run.forcePlan],
  });
  if (!run.discover || run.status !== "RUNNING") return;
  await client.query({
    name: "discover",
    text: `INSERT INTO runner_job (run_id, kind, run_at) VALUES ($1, 'DISCOVER', clock_timestamp())
           ON CONFLICT (run_id, kind, step_id) DO UPDATE SET again = runner_job.leased_by IS NOT NULL`,
    values: [run.id],
  });
  run.discover = false;
}

type Done = { op?: string; name?: string; attempts?: number };

/** Memoises a step, once; the first outcome stays. */
export async function completeStep({ client }: RunnerTx, run: RunRecord, stepId: string, memo: Memo, { op = "StepRun", name = "", attempts = 0 }: Done = {}): Promise<boolean> {
  const { rows } = await client.query<{ op: string }>({
    name: "complete-step",
    text: `INSERT INTO runner_step (run_id, step_id, op, name, memo, attempts, done_at) VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
           ON CONFLICT (run_id, step_id) DO UPDATE SET memo = excluded.memo, attempts = excluded.attempts, done_at = excluded.done_at WHERE runner_step.memo IS NULL
           RETURNING op`,
    values: [run.id, stepId, op, name, storableJson(memo), attempts],
  });
  const step = rows[0];
  if (!step) return false;
  if (step.op !== "StepRun" && step.op !== "StepPlanned") await forgetWait({ client }, run.id, stepId);
  const { discover, ...progress } = withDone(run, stepId);
  Object.assign(run, progress, { discover: run.discover || discover });
  return true;
}

async function forgetWait({ client }: Pick<RunnerTx, "client">, runId: string, stepId: string): Promise<void> {
  await client.query("DELETE FROM runner_wait WHERE run_id = $1 AND step_id = $2 AND kind <> 'CANCEL'", [runId, stepId]);
  await client.query("DELETE FROM runner_job WHERE run_id = $1 AND step_id = $2 AND kind IN ('TIMEOUT', 'WAKE', 'GATEWAY')", [runId, stepId]);
}
