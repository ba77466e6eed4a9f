import { describe, expect, it } from "vitest";
import { DRIVERS } from "@/server/domain/scenario/drivers";
import { DRIVER_NODES } from "./driver-nodes";
import { COMPANY_REVENUE_DRIVERS, LEAST_COMPANY_QUARTERS, REVENUE_LAGS, REVENUE_MODELS } from "./revenue-models";

const RATES = ["fedFunds", "treasury3m", "treasury10y", "bbbYield", "mortgageRate"];

describe("revenue models", () => {
  it("read one interest rate at most, and drivers with a public history only", () => {
    for (const { drivers } of REVENUE_MODELS) {
      expect(drivers.filter((driver) => RATES.includes(driver)).length).toBeLessThanOrEqual(1);
      expect(new Set(drivers).size).toBe(drivers.length);
      for (const driver of drivers) expect(DRIVERS[driver].sources.length).toBeGreaterThan(0);
    }
  });

  it("leave a company's own regression enough quarters for its coefficients", () => {
    expect(LEAST_COMPANY_QUARTERS).toBeGreaterThan(COMPANY_REVENUE_DRIVERS.length + 3);
    expect(REVENUE_LAGS).toEqual([0, 1, 2]);
  });

  it("stand beside a node for every driver", () => {
    expect(DRIVER_NODES.map(({ driver }) => driver).sort()).toEqual(Object.keys(DRIVERS).sort());
  });
});
