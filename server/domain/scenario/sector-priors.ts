/** Where an own estimate is missing these stand in for it; every use is marked "assumed". They are choices of this project, not measurements; the reason for each sector's stands in the messages (`format.formula.sectorPrior`). */
export type SectorPrior = {
  /** Share of the debt at a floating rate. */
  floatingShare: number;
  /** Years over which the fixed debt matures in equal yearly parts. */
  fixedYears: number;
  /** Share of a change of revenue that stays as EBIT. */
  contributionMargin: number;
  /** Oil and energy in operating costs. */
  oilCostShare: number;
  /** Part of a cost shock that customers bear within the quarter. */
  passThrough: number;
  taxRate: number;
};

const CORPORATE_TAX_RATE = 0.21;

export const SECTOR_PRIORS: Readonly<Record<string, SectorPrior>> = {
  BANKING: { floatingShare: 0.5, fixedYears: 5, contributionMargin: 0.6, oilCostShare: 0, passThrough: 0, taxRate: CORPORATE_TAX_RATE },
  // A trust that pays out its income owes no corporate tax (26 U.S.C. 857).
  REALESTATE: { floatingShare: 0.15, fixedYears: 8, contributionMargin: 0.7, oilCostShare: 0.02, passThrough: 0.5, taxRate: 0 },
  MANUFACTURING: { floatingShare: 0.2, fixedYears: 7, contributionMargin: 0.35, oilCostShare: 0.03, passThrough: 0.5, taxRate: CORPORATE_TAX_RATE },
  SEMICONDUCTOR: { floatingShare: 0.1, fixedYears: 8, contributionMargin: 0.6, oilCostShare: 0.01, passThrough: 0.5, taxRate: CORPORATE_TAX_RATE },
  CRYPTO: { floatingShare: 0.1, fixedYears: 4, contributionMargin: 0.6, oilCostShare: 0.01, passThrough: 0, taxRate: CORPORATE_TAX_RATE },
  OTHER: { floatingShare: 0.2, fixedYears: 7, contributionMargin: 0.4, oilCostShare: 0.02, passThrough: 0.5, taxRate: CORPORATE_TAX_RATE },
};

/** The sector whose prior serves: its own, or the middle one. */
export const priorSector = (sector: string): string => (sector in SECTOR_PRIORS ? sector : "OTHER");

/** The prior of a sector, or the middle one for a sector without its own. */
export const sectorPrior = (sector: string): SectorPrior => SECTOR_PRIORS[priorSector(sector)]!;
