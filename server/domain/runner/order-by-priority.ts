export type PriorityCall = { id: string; functionId: string; runAtMs: number; /** Seconds; only above zero it moves a call forward. */ priority: number };

const rankMs = ({ runAtMs, priority }: PriorityCall) => runAtMs - Math.max(priority, 0) * 1_000;

/**
 * Orders the calls that are due. Between functions the first to come stays first; the turns of one function go to its calls by priority,
 * so that a priority never overtakes another function.
 *
 * @param firstCome  calls in the order in which they were queued
 * @param foremost   calls of functions with priorities, best first; they may lie beyond the end of `firstCome`
 */
export function orderByPriority<T extends PriorityCall>(firstCome: readonly T[], foremost: readonly T[]): T[] {
  if (foremost.length === 0) return [...firstCome];
  const prioritised = new Set(foremost.map(({ functionId }) => functionId));
  const known = new Map([...firstCome, ...foremost].filter(({ functionId }) => prioritised.has(functionId)).map((call) => [call.id, call]));
  const queues = new Map<string, T[]>();
  for (const call of [...known.values()].sort((a, b) => rankMs(a) - rankMs(b) || a.runAtMs - b.runAtMs)) queues.set(call.functionId, [...(queues.get(call.functionId) ?? []), call]);
  const inTurn = firstCome.map((call) => queues.get(call.functionId)?.shift() ?? call);
  return [...inTurn, ...[...queues.values()].flat()];
}
