import type { driverList } from "@/server/contracts/scenario";
import { DRIVER_IDS, DRIVERS, type DriverTransform } from "@/server/domain/scenario/drivers";
import { DEVIATION_UNITS } from "@/server/domain/scenario/output-units";
import type { PlainFormula } from "@/server/domain/shared/formula";
import { quarterEndDate } from "@/server/domain/shared/quarter";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import type { z } from "zod";
import { loadEngineInput } from "./load-engine-input";

/** Quarters of history that a page draws. */
const SHOWN_QUARTERS = 80;

const FORMULA: Record<DriverTransform, PlainFormula> = { percentMean: "quarterMeanPercent", mean: "quarterMean", indexGrowth: "quarterGrowth" };

/** Every driver with its range and its stored past up to where scenarios start; a driver without history says so. */
export async function listDrivers(ctx: Ctx): Promise<z.infer<typeof driverList>> {
  const { engine: { startsAt, baselines }, input: { histories } } = await loadEngineInput(ctx);
  return {
    startsAt,
    drivers: DRIVER_IDS.map((driver) => {
      const { kind, units, minimum, maximum } = DRIVERS[driver];
      const history = histories.find((one) => one.driver === driver);
      const baseline = baselines.get(driver) ?? null;
      const past = (history?.values ?? []).filter(({ quarter }) => quarter <= startsAt);
      return {
        driver, kind, units: [...units], minimum, maximum,
        limit: Math.max(-minimum, maximum),
        series: history?.series ?? null,
        unit: DEVIATION_UNITS[kind],
        baseline: baseline?.value ?? null,
        baselineQuarter: baseline?.quarter ?? null,
        quartersFromStart: baseline?.quartersFromStart ?? null,
        history: past.slice(-SHOWN_QUARTERS).map(({ quarter, value }) => ({ quarter, value })),
        provenance: history && baseline
          ? engineProvenance("computed", { asOf: quarterEndDate(baseline.quarter), reference: history.series, formula: { code: FORMULA[DRIVERS[driver].sources.find(({ series }) => series === history.series)!.transform] }, n: past.length })
          : engineProvenance("assumed", { formula: { code: "noPublicHistory" } }),
      };
    }),
  };
}
