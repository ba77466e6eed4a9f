import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export type Outcome = { passed: number; failed: number; said?: string };

const FAILED_ONCE: Outcome = { passed: 0, failed: 1 };

/** Runs a program of the tests in the foreground; ended by the signal when the whole run is. */
export function runProgram(args: string[], { cwd, env, signal }: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal }): Promise<number> {
  return new Promise((resolve) => {
    // The channel carries nothing: it closes when we are killed, and the program ends too.
    const child = spawn(process.execPath, ["--import", "./server/platform/exit-with-parent.mjs", ...args], { cwd, env, stdio: ["ignore", "inherit", "inherit", "ipc"], signal, killSignal: "SIGTERM" });
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** A program that either holds or does not, counted as one test. */
export const asOne = (code: number): Outcome => (code === 0 ? { passed: 1, failed: 0 } : FAILED_ONCE);

/** The counts of vitest's JSON report. A file that could not even be loaded has no tests in it and counts as one failure. */
export function vitestOutcome(reportFile: string, code: number): Outcome {
  const report = readReport<{ numPassedTests: number; numFailedTests: number; numPendingTests: number; testResults: { status: string; assertionResults: unknown[] }[] }>(reportFile);
  if (!report) return FAILED_ONCE;
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0).length;
  return settled({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded, said: skippedNote(report.numPendingTests) }, code);
}

/** The counts of Playwright's JSON report; a test that passed only at a second attempt counts as passed and is named. */
export function playwrightOutcome(reportFile: string, code: number): Outcome {
  const report = readReport<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(reportFile);
  if (!report) return FAILED_ONCE;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return settled({ passed: expected + flaky, failed: unexpected, said: [flaky > 0 && `${flaky} flaky`, skippedNote(skipped)].filter(Boolean).join(", ") }, code);
}

const skippedNote = (count: number) => (count > 0 ? `${count} skipped` : "");

/** A run that ends badly without a failed test (a fault outside of any) has failed all the same. */
const settled = (outcome: Outcome, code: number): Outcome => (code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome);

function readReport<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return null;
  }
}
