import type { z } from "zod";
import { TOO_LONG } from "./end-overdue";
import { endRun } from "./end-run";
import type { checkpointRequest } from "./inngest-payload";
import { lockLease } from "./job-queue";
import { completeStep, saveRun } from "./run-record";
import type { RunnerCtx } from "./runner-ctx";
import { inTransaction } from "./runner-transaction";

/** Keeps the steps that a call at work tells of; false when that call is not ours any more, and must stop. */
export function takeCheckpoint(ctx: RunnerCtx, runId: string, { qi_id: lease, steps }: z.infer<typeof checkpointRequest>): Promise<boolean> {
  const [id, generation] = lease.split(".");
  if (!id || !generation || !/^\d{1,18}$/.test(id) || !/^\d{1,9}$/.test(generation)) return Promise.resolve(false);
  return inTransaction(ctx, async (tx) => {
    const held = await lockLease(ctx, tx, { id, runId, generation: Number(generation) });
    if (!held) return false;
    const { run } = held;
    for (const op of steps) {
      if (op.op === "StepRun") await completeStep(tx, run, op.id, { data: op.data ?? null }, { name: op.displayName ?? op.name ?? "", attempts: 1 });
    }
    // What was done stays done, but the call must not go on.
    if (run.overdue) {
      await endRun(ctx, tx, run, TOO_LONG);
      return false;
    }
    // The call goes on by itself: nothing is to be discovered, and what fails next starts with a first attempt.
    run.discover = false;
    await saveRun(tx, run);
    await tx.client.query("UPDATE runner_job SET attempt = 0 WHERE id = $1", [id]);
    return true;
  });
}
