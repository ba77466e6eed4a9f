import type { presetList } from "@/server/contracts/scenario";
import { SCENARIO_PRESETS } from "@/server/domain/scenario/scenario-presets";
import type { Ctx } from "@/server/services/ctx";
import type { z } from "zod";

/** Ready-made scenarios. */
export async function listPresets(_ctx: Ctx): Promise<z.infer<typeof presetList>> {
  return { presets: SCENARIO_PRESETS.map(({ id, spec }) => ({ id, spec: { ...spec, shocks: [...spec.shocks] } })) };
}
