import type { Pool, PoolClient } from "pg";
import type { Log } from "@/server/platform/log";
import type { EventBody, FunctionConfig } from "./inngest-payload";

export type RunnerOptions = {
  connectionString: string;
  port: number;
  host: string;
  /** Address of the app's handler. */
  appUrl: string;
  /** With a key every call is signed and every caller is asked for it; without one this is a development runner. */
  signingKey: string | null;
  eventKey: string | null;
  log: Log;
  /** Calls to the app at the same time. */
  callsAtOnce: number;
  /** Sleeps, time-outs and back-off take this many times as long as they say; 1 but in tests. */
  pace: number;
  /** Whether the app may go on after a step by itself and tell of it by a checkpoint. */
  checkpoints: boolean;
  /** In [0, 1): parts the retries of what failed together. */
  spread: () => number;
  keepDays: number;
  syncEveryMs: number;
};

/** All that the parts of the runner share. */
export type RunnerCtx = RunnerOptions & {
  pool: Pool;
  /** Names the leases of this process. */
  processId: string;
  now: () => Date;
  functions: FunctionRegistry;
  /** Something may be due. */
  wake: () => void;
  /** Events that are held, or a time-out of a run, may be due sooner than was known. */
  wakeTimers: () => void;
};

/** The functions as last synced, by id; filled from the table, so that work goes on before the app answers. */
export type FunctionRegistry = { get(id: string): FunctionConfig | undefined; all(): readonly FunctionConfig[]; replace(configs: readonly FunctionConfig[]): void; /** What of the app's functions was refused last, so that it is told once. */ refused: string };

export function createFunctionRegistry(): FunctionRegistry {
  let byId = new Map<string, FunctionConfig>();
  return {
    get: (id) => byId.get(id),
    all: () => [...byId.values()],
    replace: (configs) => (byId = new Map(configs.map((config) => [config.id, config]))),
    refused: "",
  };
}

/** An event about a run that the runner itself tells of. */
export type InternalEvent = { externalId: string; body: Omit<EventBody, "id"> };

/** A transaction, and the events that it gives rise to: they are received before it commits. `timed` when it set something that a timer waits for. */
export type RunnerTx = { client: PoolClient; emitted: InternalEvent[]; timed: boolean };
