export type StepReport = {
  /** Runs one step and prints its name, what it says of itself, and its time. */
  step<T>(name: string, work: () => Promise<{ said: string; value: T }>): Promise<T>;
  note(text: string): void;
  seconds(): string;
};

const shown = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Prints the steps of a command as they end; on a terminal also while they run. */
export function startStepReport(out: NodeJS.WriteStream = process.stdout): StepReport {
  const startedAt = performance.now();
  const running = new Set<string>();
  const print = (line: string | null) => {
    const clear = out.isTTY ? "\r\u001b[2K" : "";
    if (line !== null) out.write(`${clear}${line}\n`);
    if (out.isTTY && running.size > 0) out.write(`${clear}  ${[...running].join(", ")} …`);
  };
  return {
    async step(name, work) {
      const from = performance.now();
      const end = (said: string) => {
        running.delete(name);
        print(`  ${name.padEnd(10)} ${shown(performance.now() - from).padStart(7)}   ${said}`);
      };
      running.add(name);
      print(null);
      try {
        const { said, value } = await work();
        end(said);
        return value;
      } catch (error) {
        end("failed");
        throw error;
      }
    },
    note: print,
    seconds: () => shown(performance.now() - startedAt),
  };
}
