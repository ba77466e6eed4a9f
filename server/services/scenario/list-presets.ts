import type { presetList } from "@/server/contracts/scenario";
import { SCENARIO_PRESETS } from "@/server/domain/scenario/scenario-presets";
import type { z } from "zod";

/** Ready-made scenarios. */
export async function listPresets(): Promise<z.infer<typeof presetList>> {
  return { presets: SCENARIO_PRESETS.map(({ id, spec }) => ({ id, spec: { ...spec, shocks: [...spec.shocks] } })) };
}
