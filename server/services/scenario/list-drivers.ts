import type { driverList } from "@/server/contracts/scenario";
import { DRIVER_IDS, DRIVERS, type DriverTransform } from "@/server/domain/scenario/drivers";
import { quarterEndDate } from "@/server/domain/shared/quarter";
import { engineProvenance } from "@/server/domain/shared/provenance";
import type { Ctx } from "@/server/services/ctx";
import type { z } from "zod";
import { loadEngineInput } from "./load-engine-input";

/** Quarters of history that a page draws. */
const SHOWN_QUARTERS = 80;

const FORMULA: Record<DriverTransform, string> = { percentMean: "mean of the quarter's observations / 100", mean: "mean of the quarter's observations", indexGrowth: "annualised growth of the quarter's mean" };

/** Every driver with its range and stored past; a driver without history says so. */
export async function listDrivers(ctx: Ctx): Promise<z.infer<typeof driverList>> {
  const { input: { histories } } = await loadEngineInput(ctx);
  return {
    drivers: DRIVER_IDS.map((driver) => {
      const { kind, units, minimum, maximum } = DRIVERS[driver];
      const history = histories.find((one) => one.driver === driver);
      const last = history?.values.at(-1);
      return {
        driver, kind, units: [...units], minimum, maximum,
        limit: Math.max(-minimum, maximum),
        series: history?.series ?? null,
        baseline: last?.value ?? null,
        baselineQuarter: last?.quarter ?? null,
        history: (history?.values ?? []).slice(-SHOWN_QUARTERS).map(({ quarter, value }) => ({ quarter, value })),
        provenance: history && last
          ? engineProvenance("computed", { asOf: quarterEndDate(last.quarter), reference: history.series, formula: FORMULA[DRIVERS[driver].sources.find(({ series }) => series === history.series)!.transform], n: history.values.length })
          : engineProvenance("assumed", { formula: "no public history is stored: it moves only when it is shocked" }),
      };
    }),
  };
}
