import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { childEnv } from "@/server/platform/env";
import type { Outcome } from "./test-stage";

const ASK_WITHIN_MS = 60_000;
const COUNTED = ["high", "critical"] as const;

const advisory = z.object({ source: z.number(), name: z.string(), title: z.string(), url: z.string(), severity: z.string(), range: z.string() });
/** What `npm audit --json` prints when it got an answer; `via` names another package where the fault is that package's. */
const auditReport = z.object({ auditReportVersion: z.literal(2), vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), advisory])) })) });
const refusal = z.object({ message: z.string() }).or(z.object({ error: z.object({ summary: z.string() }) }).transform(({ error }) => ({ message: error.summary })));

/** One fault that is known and accepted until a day, with the reason. */
const allowed = z.strictObject({ id: z.string().regex(/^(GHSA(-[a-z0-9]{4}){3}|\d+)$/), package: z.string().min(1), why: z.string().min(20), until: z.iso.date() });
export const allowList = z.array(allowed);
export type AllowedAdvisory = z.infer<typeof allowed>;

export type AuditVerdict = { asked: false; reason: string } | { asked: true; faults: string[]; accepted: number; idle: string[] };

/** Judges npm's answer: advisories of level high or above that the list does not allow today are faults; entries that nothing needs are idle. */
export function auditVerdict(output: string, list: readonly AllowedAdvisory[], today: string): AuditVerdict {
  const answer = parsed(output);
  const report = auditReport.safeParse(answer);
  if (!report.success) return { asked: false, reason: refusal.safeParse(answer).data?.message ?? "npm gave no report" };

  const found = new Map<string, z.infer<typeof advisory>>();
  for (const { via } of Object.values(report.data.vulnerabilities)) {
    for (const cause of via) if (typeof cause !== "string") found.set(`${idOf(cause)} ${cause.name}`, cause);
  }
  const matches = (entry: AllowedAdvisory, cause: z.infer<typeof advisory>) => entry.package === cause.name && (entry.id === idOf(cause) || entry.id === String(cause.source));
  const faults: string[] = [];
  let accepted = 0;
  for (const cause of found.values()) {
    if (!COUNTED.some((level) => level === cause.severity)) continue;
    const entry = list.find((candidate) => matches(candidate, cause));
    if (entry && entry.until >= today) accepted++;
    else faults.push(`${cause.severity}: ${cause.name} ${cause.range}: ${cause.title} (${idOf(cause)}, ${cause.url})${entry ? `; it was allowed until ${entry.until}` : ""}`);
  }
  const idle = list.filter((entry) => ![...found.values()].some((cause) => matches(entry, cause))).map((entry) => `${entry.id} of ${entry.package}`);
  return { asked: true, faults, accepted, idle };
}

/** Asks the registry about the installed versions. One that cannot be asked fails nothing: without a network the tests still run, and say what they left out. */
export async function auditDependencies({ root, listFile, today }: { root: string; listFile: string; today: string }): Promise<Outcome> {
  const list = allowList.parse(JSON.parse(readFileSync(listFile, "utf8")));
  const verdict = auditVerdict(await npmAudit(root), list, today);
  if (!verdict.asked) {
    const said = `not asked: ${verdict.reason}`;
    console.log(`The registry could not be asked about known faults of the dependencies (${verdict.reason}); nothing is known about them from this run.`);
    return { passed: 0, failed: 0, said };
  }
  for (const fault of verdict.faults) console.log(`✗ ${fault}`);
  for (const entry of verdict.idle) console.log(`! ${entry} is allowed and no longer found: take it off the list`);
  const said = `${verdict.faults.length} not allowed, ${verdict.accepted} allowed`;
  return { passed: verdict.faults.length === 0 ? 1 : 0, failed: verdict.faults.length, said };
}

const idOf = ({ url, source }: { url: string; source: number }) => /GHSA(-[a-z0-9]{4}){3}/.exec(url)?.[0] ?? String(source);

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return null;
  }
}

/** An npm that was told to stay offline would report that all is well, so it is told otherwise. */
function npmAudit(root: string): Promise<string> {
  const args = ["audit", "--json", "--offline=false", "--fetch-retries=0", `--fetch-timeout=${ASK_WITHIN_MS / 3}`];
  return new Promise((resolve) => {
    const child = spawn("npm", args, { cwd: root, env: childEnv({ NO_UPDATE_NOTIFIER: "1" }), stdio: ["ignore", "pipe", "ignore"], timeout: ASK_WITHIN_MS });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", () => resolve(""));
    child.once("close", () => resolve(output));
  });
}
