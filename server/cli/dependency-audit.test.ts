import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allowList, auditVerdict, type AllowedAdvisory } from "./dependency-audit";

const today = "2026-11-21";
const cause = { source: 1_234_567, name: "left", dependency: "left", title: "Prototype pollution", url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc", severity: "high", cwe: ["CWE-1321"], range: "<2.0.1" };
const report = (...causes: object[]) => JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    left: { name: "left", severity: "high", isDirect: false, via: causes, effects: ["right"], range: "<2.0.1", nodes: ["node_modules/left"], fixAvailable: true },
    right: { name: "right", severity: "high", isDirect: true, via: ["left"], effects: [], range: "*", nodes: ["node_modules/right"], fixAvailable: true },
  },
  metadata: { vulnerabilities: { high: 2, total: 2 } },
});
const entry: AllowedAdvisory = { id: "GHSA-aaaa-bbbb-cccc", package: "left", why: "Only reached by a build script with our own input", until: "2026-12-31" };

describe("auditVerdict", () => {
  it("fails a known fault of level high once, however many packages pass it on", () => {
    expect(auditVerdict(report(cause), [], today)).toEqual({ asked: true, faults: ["high: left <2.0.1: Prototype pollution (GHSA-aaaa-bbbb-cccc, https://github.com/advisories/GHSA-aaaa-bbbb-cccc)"], accepted: 0, idle: [] });
  });

  it("lets a lower level pass", () => {
    expect(auditVerdict(report({ ...cause, severity: "moderate" }), [], today)).toMatchObject({ faults: [] });
  });

  it("takes an entry of the list up to and with its last day, and for its own package alone", () => {
    expect(auditVerdict(report(cause), [entry], today)).toMatchObject({ faults: [], accepted: 1, idle: [] });
    expect(auditVerdict(report(cause), [{ ...entry, until: today }], today)).toMatchObject({ faults: [], accepted: 1 });
    expect(auditVerdict(report(cause), [{ ...entry, id: "1234567" }], today)).toMatchObject({ faults: [], accepted: 1 });
    expect(auditVerdict(report(cause), [{ ...entry, until: "2026-11-20" }], today)).toMatchObject({ faults: [expect.stringContaining("allowed until 2026-11-20")], accepted: 0 });
    expect(auditVerdict(report(cause), [{ ...entry, package: "other" }], today)).toMatchObject({ faults: [expect.any(String)], idle: ["GHSA-aaaa-bbbb-cccc of other"] });
  });

  it("does not take silence for a clean answer", () => {
    expect(auditVerdict("", [], today)).toEqual({ asked: false, reason: "npm gave no report" });
    expect(auditVerdict(JSON.stringify({ message: "405 Method Not Allowed", statusCode: 405, error: { summary: "", detail: "" } }), [], today)).toEqual({ asked: false, reason: "405 Method Not Allowed" });
    expect(auditVerdict(JSON.stringify({ error: { code: "ENOLOCK", summary: "This command requires an existing lockfile." } }), [], today)).toEqual({ asked: false, reason: "This command requires an existing lockfile." });
  });
});

it("the allow list can be read, and names each fault once", () => {
  const list = allowList.parse(JSON.parse(readFileSync("server/testing/audit-allow-list.json", "utf8")));
  expect(new Set(list.map(({ id, package: name }) => `${id} ${name}`)).size).toBe(list.length);
});
