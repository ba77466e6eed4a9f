import { companyScenario, companyScenarioInput, driverList, presetList, scenarioResult, scenarioSpec } from "@/server/contracts/scenario";
import { listDrivers } from "@/server/services/scenario/list-drivers";
import { listPresets } from "@/server/services/scenario/list-presets";
import { runCompanyScenario } from "@/server/services/scenario/run-company-scenario";
import { runScenario } from "@/server/services/scenario/run-scenario";
import { publicProcedure, router } from "../procedures";

export const scenarioRouter = router({
  listDrivers: publicProcedure.output(driverList).query(({ ctx }) => listDrivers(ctx)),
  listPresets: publicProcedure.output(presetList).query(() => listPresets()),
  run: publicProcedure.input(scenarioSpec).output(scenarioResult).query(({ ctx, input }) => runScenario(ctx, input)),
  runCompany: publicProcedure.input(companyScenarioInput).output(companyScenario).query(({ ctx, input }) => runCompanyScenario(ctx, input)),
});
