/** Colours of charts by their job; few on purpose, so that no chart becomes a rainbow. */
export const TONE_COLOUR = {
  accent: "var(--accent)",
  driver: "var(--node-driver)",
  sector: "var(--node-sector)",
  muted: "var(--text-faint)",
  up: "var(--up)",
  down: "var(--down)",
  estimated: "var(--estimated)",
  assumed: "var(--assumed)",
  simulated: "var(--simulated)",
} as const;

export type ChartTone = keyof typeof TONE_COLOUR;

/** What axes, grids and cursors look like in every recharts chart. */
const AXIS = { stroke: "var(--line-strong)", tick: { fill: "var(--text-muted)", fontSize: 11 }, tickLine: false, axisLine: false } as const;
export const X_AXIS = { ...AXIS, dataKey: "x", height: 22 } as const;
export const Y_AXIS = { ...AXIS, orientation: "right", width: 52, tickCount: 5 } as const;
export const GRID = { stroke: "var(--line)", vertical: false } as const;
export const CURSOR = { stroke: "var(--text-faint)", strokeWidth: 1 } as const;
export const MARGIN = { top: 8, right: 8, bottom: 0, left: 0 } as const;
