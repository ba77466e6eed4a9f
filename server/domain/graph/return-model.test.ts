import { describe, expect, it } from "vitest";
import type { DriverId } from "@/server/domain/scenario/drivers";
import { createPrng } from "@/server/domain/shared/prng";
import { estimateReturns, RETURN_DRIVERS } from "./return-model";

const random = createPrng("returns");
const months = Array.from({ length: 60 }, (_, i) => 24_000 + i);
const drivers = new Map<DriverId, Map<number, number>>([...RETURN_DRIVERS, "btc" as const].map((driver) => [driver, new Map(months.map((t) => [t, 0.01 * random.normal()]))]));
const response = new Map(months.map((t) => [t, 1.2 * drivers.get("equityIndex")!.get(t)! - 4 * drivers.get("treasury10y")!.get(t)! + 0.001 * random.normal()]));

describe("estimateReturns", () => {
  it("finds what a return was made of and leaves bitcoin to the crypto sector", () => {
    const found = estimateReturns({ response, drivers, withBitcoin: false })!;
    expect(found.responses.map(({ driver }) => driver)).toEqual([...RETURN_DRIVERS]);
    expect(found.responses[0]!.elasticity).toBeCloseTo(1.2, 1);
    expect(found.responses[1]!.elasticity).toBeCloseTo(-4, 1);
    expect(estimateReturns({ response, drivers, withBitcoin: true })!.responses.at(-1)).toMatchObject({ driver: "btc", significant: false });
  });

  it("has no answer with under three years, or without the record of a driver", () => {
    expect(estimateReturns({ response: new Map([...response].slice(0, 35)), drivers, withBitcoin: false })).toBeNull();
    expect(estimateReturns({ response, drivers: new Map([...drivers].filter(([driver]) => driver !== "oil")), withBitcoin: false })).toBeNull();
  });
});
