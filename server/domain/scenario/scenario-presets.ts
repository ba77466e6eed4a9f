import type { ScenarioSpec, Shock } from "./shock";

const permanent = (shock: Pick<Shock, "driver" | "size" | "unit">): Shock => ({ ...shock, shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4 });
const gradual = (shock: Pick<Shock, "driver" | "size" | "unit">): Shock => ({ ...permanent(shock), shape: "ramp", durationQuarters: 4 });
const spec = (...shocks: Shock[]): ScenarioSpec => ({ shocks, mode: "respond", quarters: 12 });

/** Ready-made questions. The sizes are round numbers that people ask about, not forecasts and not data. */
export const SCENARIO_PRESETS: readonly { id: string; spec: ScenarioSpec }[] = [
  { id: "fedFundsUp100", spec: spec(permanent({ driver: "fedFunds", size: 100, unit: "bp" })) },
  { id: "oilDown20", spec: spec(permanent({ driver: "oil", size: -20, unit: "percent" })) },
  { id: "housingDown15", spec: spec(gradual({ driver: "housePrice", size: -15, unit: "percent" })) },
  { id: "dollarUp10", spec: spec(permanent({ driver: "usdIndex", size: 10, unit: "percent" })) },
  {
    id: "stagflation",
    spec: spec(
      gradual({ driver: "cpiInflation", size: 4, unit: "pp" }),
      gradual({ driver: "unemployment", size: 3, unit: "pp" }),
      { ...permanent({ driver: "gdpGrowth", size: -3, unit: "pp" }), shape: "pulse", durationQuarters: 4 },
      permanent({ driver: "oil", size: 40, unit: "percent" }),
    ),
  },
];
