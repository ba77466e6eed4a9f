import { companyScenario, companyScenarioInput, driverList, presetList, scenarioResult, scenarioSpec } from "@/server/contracts/scenario";
import { listDrivers } from "@/server/services/scenario/list-drivers";
import { listPresets } from "@/server/services/scenario/list-presets";
import { runCompanyScenario } from "@/server/services/scenario/run-company-scenario";
import { runToldScenario } from "@/server/services/scenario/run-told-scenario";
import { publicProcedure, router } from "../procedures";

export const scenarioRouter = router({
  listDrivers: publicProcedure.output(driverList).query(({ ctx }) => listDrivers(ctx)),
  listPresets: publicProcedure.output(presetList).query(() => listPresets()),
  run: publicProcedure
    .meta({ rest: { method: "POST", path: "/macro/simulate", summary: "Run a scenario over all drivers, sectors and companies", scope: "read", example: { shocks: [{ driver: "fedFunds", size: 100, unit: "bp" }], quarters: 4 } } })
    .input(scenarioSpec).output(scenarioResult).query(({ ctx, input }) => runToldScenario(ctx, input)),
  runCompany: publicProcedure
    .meta({ rest: { method: "POST", path: "/analysis/impact", summary: "Run a scenario for one company, with the parts its change is made of", scope: "read", example: { ticker: "CAT", spec: { shocks: [{ driver: "oil", size: -20, unit: "percent" }], quarters: 4 } } } })
    .input(companyScenarioInput).output(companyScenario).query(({ ctx, input }) => runCompanyScenario(ctx, input)),
});
