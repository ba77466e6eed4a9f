import { DRIVER_IDS, SHOCK_SHAPES, SHOCK_UNITS, shock, type Shock } from "@/server/contracts/scenario";

const DEFAULTS = { shape: "step", startQuarter: 1, durationQuarters: 40, halfLifeQuarters: 4 } as const;

/**
 * Shocks as they stand in a link: `fedFunds:100bp`, `oil:-30percent:ramp:1:8`; several are joined by commas.
 * Trailing parts that equal the default are left out, so that the usual link stays readable.
 */
export function encodeShocks(shocks: readonly Shock[]): string {
  return shocks
    .map(({ driver, size, unit, shape, startQuarter, durationQuarters, halfLifeQuarters }) => {
      const tail: (string | number)[] = [shape, startQuarter, durationQuarters, halfLifeQuarters];
      const defaults: (string | number)[] = [DEFAULTS.shape, DEFAULTS.startQuarter, DEFAULTS.durationQuarters, DEFAULTS.halfLifeQuarters];
      while (tail.length > 0 && tail.at(-1) === defaults[tail.length - 1]) tail.pop();
      return [driver, `${size}${unit}`, ...tail].join(":");
    })
    .join(",");
}

const isOneOf = <T extends string>(list: readonly T[], text: string | undefined): text is T => list.includes(text as T);

/** The shocks of a link; parts that cannot be read are left out rather than failing the page, and a driver counts once. */
export function decodeShocks(text: string): Shock[] {
  const seen = new Set<string>();
  return text.split(",").flatMap((part) => {
    const [driver, amount, shape = DEFAULTS.shape, start, duration, half] = part.split(":");
    const match = /^(-?\d+(?:\.\d+)?(?:e-?\d+)?)([a-z]+)$/.exec(amount ?? "");
    if (!match || !isOneOf(DRIVER_IDS, driver) || !isOneOf(SHOCK_UNITS, match[2]) || !isOneOf(SHOCK_SHAPES, shape) || seen.has(driver)) return [];
    const read = (value: string | undefined, fallback: number) => (value === undefined || value === "" ? fallback : Number(value));
    const parsed = shock.safeParse({
      driver,
      size: Number(match[1]),
      unit: match[2],
      shape,
      startQuarter: read(start, DEFAULTS.startQuarter),
      durationQuarters: read(duration, DEFAULTS.durationQuarters),
      halfLifeQuarters: read(half, DEFAULTS.halfLifeQuarters),
    });
    if (!parsed.success) return [];
    seen.add(driver);
    return [parsed.data];
  });
}
