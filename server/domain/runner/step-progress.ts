/** What of a run decides which call comes next. */
export type StepProgress = {
  /** Steps in the order in which they were done. */
  stack: readonly string[];
  /** Steps of a parallel group that are not done. */
  pending: readonly string[];
  /** The app plans steps only, because steps run side by side. */
  forcePlan: boolean;
};

export type ReportedStep = { id: string; /** One of several of which the first that is done decides. */ race: boolean };

/**
 * Takes the steps that one answer named. More than one of them is a parallel group: the function is called again only when all are
 * done. The steps of a race keep nobody waiting, so they are not held as pending.
 */
export function withReported(progress: StepProgress, reported: readonly ReportedStep[]): StepProgress {
  const open = reported.filter(({ id }) => !progress.stack.includes(id) && !progress.pending.includes(id));
  if (reported.length < 2 || open.length === 0) return progress;
  return { ...progress, forcePlan: true, pending: [...progress.pending, ...open.filter(({ race }) => !race).map(({ id }) => id)] };
}

/** Takes a step that is done; `discover` says whether the function is to be called for what comes next. */
export function withDone(progress: StepProgress, stepId: string): StepProgress & { discover: boolean } {
  if (progress.stack.includes(stepId)) return { ...progress, discover: false };
  const stack = [...progress.stack, stepId];
  const pending = progress.pending.filter((id) => id !== stepId);
  const isAlone = pending.length === progress.pending.length;
  const free = pending.length === 0;
  return { stack, pending, forcePlan: free ? false : progress.forcePlan, discover: free || isAlone };
}
