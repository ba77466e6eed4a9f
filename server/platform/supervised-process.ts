import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { JsonLogFile, LogLine } from "./json-log-file";

export type SupervisedProcess = {
  pid(): number | null;
  /** Asks it to stop, insists after ten seconds; it is not started again. */
  stop(): Promise<void>;
};

type Options = {
  name: string;
  /** Arguments of Node. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  log: JsonLogFile;
  onLine(line: LogLine): void;
  onNote(note: string): void;
};

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 15_000;
const SETTLED_AFTER_MS = 60_000;
const INSIST_AFTER_MS = 10_000;

/** Runs a Node process and starts it again whenever it ends by itself, each time after a longer pause until it has run for a minute. */
export function superviseProcess(options: Options): SupervisedProcess {
  let child: ChildProcess | null = null;
  let stopping = false;
  let delayMs = FIRST_DELAY_MS;
  let timer: NodeJS.Timeout | undefined;

  const launch = () => {
    const startedAt = Date.now();
    // Its own process group: Ctrl-C in the terminal is ours to pass on, in order. The channel tells it when we are gone.
    const started = spawn(process.execPath, options.args, { cwd: options.cwd, env: options.env, detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"] });
    child = started;
    for (const stream of ["stdout", "stderr"] as const) {
      const pipe = started[stream];
      if (pipe) createInterface({ input: pipe }).on("line", (line) => options.onLine(options.log.write(line, stream)));
    }
    started.on("error", (error) => options.onNote(`${options.name}: ${error.message}`));
    started.once("exit", (code, signal) => {
      child = null;
      if (stopping) return;
      if (Date.now() - startedAt > SETTLED_AFTER_MS) delayMs = FIRST_DELAY_MS;
      options.onNote(`${options.name} ended (${signal ?? `code ${code}`}); starting it again in ${delayMs / 1000} s`);
      timer = setTimeout(launch, delayMs);
      delayMs = Math.min(delayMs * 2, LAST_DELAY_MS);
    });
  };
  launch();

  return {
    pid: () => child?.pid ?? null,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const running = child;
      if (!running || running.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => running.once("exit", () => resolve()));
      signalGroup(running, "SIGTERM");
      const insist = setTimeout(() => signalGroup(running, "SIGKILL"), INSIST_AFTER_MS);
      await ended;
      clearTimeout(insist);
      // Workers of a development server may outlive it.
      signalGroup(running, "SIGKILL");
    },
  };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
