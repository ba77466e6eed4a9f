import { createHash } from "node:crypto";
import { sectorCode, type SectorCode } from "@/server/contracts/market";
import type { ScenarioResult, ScenarioSpec } from "@/server/contracts/scenario";
import { ENGINE_VERSION, evaluateScenario } from "@/server/domain/scenario/evaluate-scenario";
import { OUTCOME_UNITS } from "@/server/domain/scenario/output-units";
import { scenarioToUrl } from "@/server/domain/scenario/scenario-url";
import { assertScenarioSpec } from "@/server/domain/scenario/shock";
import type { Ctx } from "@/server/services/ctx";
import { loadEngineInput } from "./load-engine-input";
import { rememberCurrent } from "./remember-current";

const KEEP_MS = 10 * 60_000;

/** An imported sector that the contract does not know is shown under "other". */
export function toSectorCode(code: string): SectorCode {
  const known = sectorCode.safeParse(code);
  return known.success ? known.data : "OTHER";
}

/** Equal figures, engine and scenario give this hash, and under it the same bytes. */
export const scenarioHash = (figuresHash: string, spec: ScenarioSpec): string => createHash("sha256").update(JSON.stringify([ENGINE_VERSION, figuresHash, scenarioToUrl(spec)])).digest("hex");

/** A scenario over all companies; equal inputs are computed once. */
export async function runScenario(ctx: Ctx, spec: ScenarioSpec): Promise<ScenarioResult> {
  assertScenarioSpec(spec);
  const { engine, figuresHash } = await loadEngineInput(ctx);
  const inputHash = scenarioHash(figuresHash, spec);
  return rememberCurrent(ctx, { key: `scenario:run:${inputHash[0]}`, stamp: inputHash, ttlMs: KEEP_MS }, async () => {
    const { companies, sectors, ...rest } = evaluateScenario(engine, spec);
    return {
      spec,
      engineVersion: ENGINE_VERSION,
      inputHash,
      startsAt: engine.startsAt,
      dataAsOf: engine.dataAsOf,
      units: OUTCOME_UNITS,
      ...rest,
      companies: companies.map((company) => ({ ...company, sector: toSectorCode(company.sector) })),
      sectors: sectors.map((sector) => ({ ...sector, sector: toSectorCode(sector.sector) })),
    };
  });
}
