import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asOne, playwrightOutcome, vitestOutcome } from "./test-stage";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "nexus-alpha-stage-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const reportOf = (content: unknown) => {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};

describe("the count of a stage", () => {
  it("takes a program without counts as one test", () => {
    expect(asOne(0)).toEqual({ passed: 1, failed: 0 });
    expect(asOne(2)).toEqual({ passed: 0, failed: 1 });
  });

  it("counts a test file that could not be loaded as a failure", () => {
    const file = reportOf({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, testResults: [{ status: "failed", assertionResults: [] }, { status: "failed", assertionResults: [{}] }] });
    expect(vitestOutcome(file, 1)).toEqual({ passed: 3, failed: 2, said: "2 skipped" });
  });

  it("fails when the program ended badly though every test passed", () => {
    const file = reportOf({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, testResults: [] });
    expect(vitestOutcome(file, 1)).toMatchObject({ passed: 3, failed: 1 });
    expect(vitestOutcome(file, 0)).toMatchObject({ passed: 3, failed: 0 });
  });

  it("counts a browser test that passed at a second attempt, and says so", () => {
    const file = reportOf({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 } });
    expect(playwrightOutcome(file, 1)).toEqual({ passed: 6, failed: 1, said: "1 flaky" });
  });

  it("fails without a report", () => {
    expect(vitestOutcome(join(folder, "none.json"), 0)).toEqual({ passed: 0, failed: 1 });
    expect(playwrightOutcome(join(folder, "none.json"), 1)).toEqual({ passed: 0, failed: 1 });
  });
});
