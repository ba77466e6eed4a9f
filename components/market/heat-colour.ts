/** Most of a colour that a tile takes, so that text on it keeps its contrast in both themes. */
const MOST = 45;

/** The background of a value between minus and plus `full`: the colour of rising or falling, stronger the further from zero; null has none. */
export function heatColour(value: number | null, full: number): string {
  if (value === null) return "var(--surface-2)";
  const share = Math.round(Math.min(1, Math.abs(value) / full) * MOST);
  return `color-mix(in srgb, var(${value >= 0 ? "--up" : "--down"}) ${share}%, var(--surface-2))`;
}
