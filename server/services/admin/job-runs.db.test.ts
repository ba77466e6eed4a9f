import { ulid } from "ulid";
import { afterAll, describe, expect, it } from "vitest";
import { aUser, asPerson } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { cancelJobRun } from "./cancel-job-run";
import { getJobRun } from "./get-job-run";
import { listJobFunctions } from "./list-job-functions";
import { listJobRuns } from "./list-job-runs";
import { rerunJob } from "./rerun-job";

const ctx = createTestCtx();
const made: string[] = [];
afterAll(async () => {
  // No runner knows the functions of these runs: they would wait in its queue for good.
  await ctx.db.runnerRun.deleteMany({ where: { id: { in: made } } });
  await ctx.db.$disconnect();
});

type Status = "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
let minute = 0;
async function aRun(functionId: string, status: Status = "COMPLETED") {
  const id = ulid();
  const queuedAt = new Date(Date.UTC(2026, 0, 1, 0, minute++));
  await ctx.db.runnerRun.create({
    data: {
      id, functionId, status, eventId: ulid(), eventName: "test/job", events: [{ name: "test/job", data: { mailId: "m1" } }], stack: [], pending: [], limitKeys: [], limitSizes: [], queuedAt,
      ...(status !== "RUNNING" && { endedAt: new Date(queuedAt.getTime() + 1_500) }), ...(status === "FAILED" && { error: { name: "TypeError", message: "no", stack: "at secret place" } }),
    },
  });
  made.push(id);
  // Ids made within one millisecond are in no order.
  await new Promise((resolve) => setTimeout(resolve, 2));
  return id;
}
const emitted = async (runId: string) => (await ctx.db.outboxEvent.findMany({ where: { data: { path: ["runId"], equals: runId } } })).map(({ name }) => name);
const audited = async (runId: string) => (await ctx.db.auditEntry.findMany({ where: { details: { path: ["runId"], equals: runId } } })).map(({ action }) => action);

describe("job runs", () => {
  it("are listed newest first, page by page, by function and state", async () => {
    const functionId = `list-${ulid()}`;
    const ids = [await aRun(functionId), await aRun(functionId, "FAILED"), await aRun(functionId, "RUNNING")].reverse();
    const first = await listJobRuns(ctx, { limit: 2, functionId });
    const second = await listJobRuns(ctx, { limit: 2, functionId, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    const failed = await listJobRuns(ctx, { limit: 5, functionId, status: "FAILED" });
    expect(failed.items).toMatchObject([{ id: ids[1], durationMs: 1_500, error: { name: "TypeError", message: "no" } }]);
    expect(JSON.stringify(failed)).not.toContain("secret place");
    await expect(listJobRuns(ctx, { limit: 2, functionId, cursor: "x" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("show their steps and what waits", async () => {
    const runId = await aRun(`get-${ulid()}`, "RUNNING");
    await ctx.db.runnerStep.create({ data: { runId, stepId: "a".repeat(40), op: "StepRun", name: "send", memo: { error: { name: "Error", message: "refused" } }, attempts: 3, doneAt: new Date() } });
    await ctx.db.runnerJob.create({ data: { runId, kind: "WAKE", stepId: "b".repeat(40), runAt: new Date("2026-02-01T00:00:00Z") } });
    expect(await getJobRun(ctx, { runId })).toMatchObject({
      status: "RUNNING", durationMs: null, eventData: { mailId: "m1" },
      steps: [{ name: "send", attempts: 3, error: { message: "refused" } }],
      waiting: [{ kind: "WAKE", dueAt: "2026-02-01T00:00:00.000Z", running: false }],
    });
    await expect(getJobRun(ctx, { runId: ulid() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("are summed up by function, with what starts it and when it is due next", async () => {
    const functionId = `fn-${ulid()}`;
    const nextAt = new Date("2027-01-01T00:00:00Z");
    await ctx.db.runnerFunction.create({ data: { id: functionId, url: "http://127.0.0.1/", config: { triggers: [{ event: "test/job" }, { cron: "0 0 * * *" }] }, syncedAt: new Date(), crons: { create: { expression: "0 0 * * *", nextAt } } } });
    const told = async (now: string) => (await listJobFunctions({ ...ctx, now: () => new Date(now) })).items.find(({ id }) => id === functionId);
    expect(await told("2026-01-01T12:00:00Z")).toMatchObject({ events: ["test/job"], crons: [{ expression: "0 0 * * *", nextAt: nextAt.toISOString() }], running: 0, failedInDay: 0, last: null });
    await aRun(functionId, "FAILED");
    const last = await aRun(functionId, "RUNNING");
    expect(await told("2026-01-01T12:00:00Z")).toMatchObject({ running: 1, failedInDay: 1, last: { runId: last, status: "RUNNING" } });
    expect(await told("2026-01-03T12:00:00Z")).toMatchObject({ failedInDay: 0 });
    await ctx.db.runnerFunction.delete({ where: { id: functionId } });
  });

  it("are cancelled while they run and made again when they have ended, each on the record", async () => {
    const admin = await asPerson(ctx, await aUser(ctx.db, { role: "ADMIN" }));
    const functionId = `act-${ulid()}`;
    const [running, ended] = [await aRun(functionId, "RUNNING"), await aRun(functionId)];
    await cancelJobRun(admin, { runId: running });
    await expect(cancelJobRun(admin, { runId: ended })).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    await expect(rerunJob(admin, { runId: running })).rejects.toMatchObject({ code: "RULE_VIOLATED" });
    await expect(rerunJob(admin, { runId: ended })).rejects.toMatchObject({ code: "RULE_VIOLATED", message: "The app does not offer this function any more" });
    await ctx.db.runnerFunction.create({ data: { id: functionId, url: "http://127.0.0.1/", config: {}, syncedAt: new Date() } });
    await rerunJob(admin, { runId: ended });
    expect([await emitted(running), await emitted(ended)]).toEqual([["runner/cancel-requested"], ["runner/rerun-requested"]]);
    expect([await audited(running), await audited(ended)]).toEqual([["job.cancelled"], ["job.rerun"]]);
    await ctx.db.runnerFunction.delete({ where: { id: functionId } });
  });
});
