import { randomUUID } from "node:crypto";
import type { ScenarioResult, ScenarioSpec } from "@/server/contracts/scenario";
import { scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import type { CallerCtx } from "@/server/services/ctx";
import { queueWebhooks } from "@/server/services/webhook/queue-webhooks";
import { runScenario } from "./run-scenario";

/**
 * A scenario over all companies, of whose end a program's owner is told at their addresses: other programs of theirs go on from there. Who runs
 * one in the browser sees it end, and moves its sliders far too often to be told each time.
 */
export async function runToldScenario(ctx: CallerCtx, spec: ScenarioSpec): Promise<ScenarioResult> {
  const result = await runScenario(ctx, spec);
  const { caller } = ctx;
  if (caller.kind === "guest" || caller.kind === "session") return result;
  const { inputHash, engineVersion, startsAt, companies } = result;
  const data = { inputHash, engineVersion, startsAt, companies: companies.length, link: `/scenarios?${scenarioToUrl(spec)}` };
  await ctx.db.$transaction((tx) => queueWebhooks(tx, ctx, { userId: caller.user.id, event: "simulation.finished", eventId: `simulation:${randomUUID()}`, data }));
  return result;
}
