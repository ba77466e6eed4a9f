export type RepeatedTask = { poke(): void; stop(): Promise<void> };

/** Runs a task again and again: after the milliseconds that it returns, or at once when poked; never twice at the same time. */
export function repeatTask(task: () => Promise<number>, onError: (error: unknown) => number): RepeatedTask {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | null = null;
  let poked = false;
  let stopped = false;

  const run = () => {
    clearTimeout(timer);
    poked = false;
    current = task().catch(onError).then((inMs) => {
      current = null;
      if (stopped) return;
      if (poked || inMs <= 0) setImmediate(start);
      else timer = setTimeout(start, inMs);
    });
  };
  const start = () => {
    if (!stopped && !current) run();
  };
  start();

  return {
    poke() {
      if (current) poked = true;
      else if (!poked && !stopped) {
        poked = true;
        clearTimeout(timer);
        setImmediate(start);
      }
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
