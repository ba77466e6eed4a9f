import type { RunnerStatus } from "@/server/contracts/health";
import type { RunnerCtx } from "./runner-ctx";

type Counts = Pick<RunnerStatus, "queue" | "outbox">;

/** How much waits and for how long. */
export async function countQueue({ pool }: Pick<RunnerCtx, "pool">): Promise<Counts> {
  const { rows } = await pool.query<{ waiting: number; running: number; later: number; oldest: number | null; unsent: number; unsentAge: number | null }>({
    name: "count-queue",
    text: `SELECT j.*, o.* FROM
      (SELECT count(*) FILTER (WHERE leased_by IS NULL AND run_at <= clock_timestamp())::int AS waiting,
              count(*) FILTER (WHERE leased_by IS NOT NULL)::int AS running,
              count(*) FILTER (WHERE leased_by IS NULL AND run_at > clock_timestamp())::int AS later,
              extract(epoch FROM clock_timestamp() - min(run_at) FILTER (WHERE leased_by IS NULL AND run_at <= clock_timestamp()))::float8 AS oldest
       FROM runner_job) j,
      (SELECT count(*)::int AS unsent, extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS "unsentAge" FROM outbox_event WHERE sent_at IS NULL) o`,
  });
  const { waiting, running, later, oldest, unsent, unsentAge } = rows[0]!;
  return { queue: { waiting, running, later, oldestWaitingSeconds: oldest }, outbox: { waiting: unsent, oldestWaitingSeconds: unsentAge } };
}
