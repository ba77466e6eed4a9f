import type { Shock } from "@/server/contracts/scenario";
import { scenarioToUrl } from "@/server/domain/scenario/scenario-url";

export type PaletteShock = { id: string; driver: Shock["driver"]; size: number; unit: Shock["unit"] };

/** Shocks one can run by name. */
export const PALETTE_SHOCKS: readonly PaletteShock[] = [
  { id: "fedFundsUp", driver: "fedFunds", size: 100, unit: "bp" },
  { id: "fedFundsDown", driver: "fedFunds", size: -100, unit: "bp" },
  { id: "tenYearUp", driver: "treasury10y", size: 100, unit: "bp" },
  { id: "oilUp", driver: "oil", size: 30, unit: "percent" },
  { id: "equitiesDown", driver: "equityIndex", size: -20, unit: "percent" },
];

/** The scenario page with this one shock, as a step, the other drivers responding. */
export function shockHref({ driver, size, unit }: PaletteShock): string {
  const shock = { driver, size, unit, shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4 } as const;
  return `/scenarios?${scenarioToUrl({ shocks: [shock], mode: "respond", quarters: 12 })}`;
}
