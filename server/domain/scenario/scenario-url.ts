import { AppError } from "@/server/domain/app-error";
import type { DriverId, ShockUnit } from "./drivers";
import { assertScenarioSpec, scenarioFault, type ResponseMode, type ScenarioSpec, type Shock, type ShockShape } from "./shock";

const DEFAULT_DURATION = 40;
const DEFAULT_HALF_LIFE = 4;
const DEFAULT_QUARTERS = 12;
const SIZE = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]+)$/i;

/**
 * A scenario as a readable query string: `s=fedFunds:100bp:step:1:12~oil:-20percent:halfLife:1:4&mode=respond&q=12`.
 * The parts of a shock are driver, size with unit, shape, first quarter and the length its shape uses (half-life for halfLife, else duration);
 * the length it does not use follows only when it differs from its default, so that reading gives back exactly what was written.
 */
export function scenarioToUrl({ shocks, mode, quarters }: ScenarioSpec): string {
  const parts = shocks.length > 0 ? [`s=${shocks.map(shockText).join("~")}`] : [];
  return [...parts, `mode=${mode}`, `q=${quarters}`].join("&");
}

function shockText({ driver, size, unit, shape, startQuarter, durationQuarters, halfLifeQuarters }: Shock): string {
  const [used, unused, usual] = shape === "halfLife" ? [halfLifeQuarters, durationQuarters, DEFAULT_DURATION] : [durationQuarters, halfLifeQuarters, DEFAULT_HALF_LIFE];
  // Object.is keeps the sign of zero, which String drops.
  const sizeText = Object.is(size, -0) ? "-0" : String(size);
  return [driver, `${sizeText}${unit}`, shape, startQuarter, used, ...(unused === usual ? [] : [unused])].join(":");
}

/**
 * Reads what `scenarioToUrl` wrote, from a query string with or without "?"; other parameters are left alone, missing ones take their defaults.
 *
 * @throws AppError INVALID_INPUT naming the part that cannot be read (`shocks.1.size`) or that is out of range
 */
export function scenarioFromUrl(query: string): ScenarioSpec {
  const params = new URLSearchParams(query);
  const text = params.get("s") ?? "";
  const spec: ScenarioSpec = {
    shocks: text === "" ? [] : text.split("~").map(readShock),
    mode: (params.get("mode") ?? "respond") as ResponseMode,
    quarters: readNumber(params.get("q") ?? String(DEFAULT_QUARTERS), "quarters"),
  };
  assertScenarioSpec(spec);
  return spec;
}

function readShock(text: string, index: number): Shock {
  const at = `shocks.${index}`;
  const [driver = "", sized = "", shape = "step", start = "1", used, unused, ...rest] = text.split(":");
  if (rest.length > 0) throw unreadable(at, text);
  const match = SIZE.exec(sized);
  if (!match) throw unreadable(`${at}.size`, sized);
  const isHalfLife = shape === "halfLife";
  const [duration, halfLife] = isHalfLife ? [unused, used] : [used, unused];
  return {
    driver: driver as DriverId,
    size: Number(match[1]),
    unit: match[2] as ShockUnit,
    shape: shape as ShockShape,
    startQuarter: readNumber(start, `${at}.startQuarter`),
    durationQuarters: readNumber(duration ?? String(DEFAULT_DURATION), `${at}.durationQuarters`),
    halfLifeQuarters: readNumber(halfLife ?? String(DEFAULT_HALF_LIFE), `${at}.halfLifeQuarters`),
  };
}

function readNumber(text: string, field: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw unreadable(field, text);
  return value;
}

const unreadable = (field: string, part: string) => scenarioFault("unreadable", field, `The scenario in the address cannot be read at "${part.slice(0, 60)}"`, { part: part.slice(0, 60) });

/** What a page shows when its address names no scenario: a hundred basis points on fed funds, everything else responding. */
const FIRST_SCENARIO = "s=fedFunds:100bp:step:1:40&mode=respond&q=12";

/** The scenario that an address names, the first one when it names none; one that cannot be read gives the first one and the reason. */
export function scenarioOrFirst(query: string): { spec: ScenarioSpec; problem: AppError | null } {
  const params = new URLSearchParams(query);
  try {
    return { spec: scenarioFromUrl(params.has("s") || params.has("mode") ? query : FIRST_SCENARIO), problem: null };
  } catch (error) {
    if (error instanceof AppError) return { spec: scenarioFromUrl(FIRST_SCENARIO), problem: error };
    throw error;
  }
}
