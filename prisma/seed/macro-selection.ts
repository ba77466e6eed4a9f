/** What is bundled of the public macro record: only series made by agencies of the United States government, whose works are in the public domain. */
export type MacroChoice = { code: string; agency: Agency; category: MacroCategory; name?: string; unit?: string; from?: string };

export type Agency = "Federal Reserve" | "Treasury" | "BLS" | "BEA" | "Census" | "EIA" | "Department of Labor";
type MacroCategory = "rates" | "prices" | "labour" | "output" | "housing" | "money-credit" | "trade-fx" | "global";

const of = (agency: Agency, category: MacroCategory, codes: string): MacroChoice[] => codes.split(/\s+/).map((code) => ({ code, agency, category }));

export const MACRO_CHOICES: readonly MacroChoice[] = [
  ...of("Federal Reserve", "rates", "FEDFUNDS TB3MS TB6MS GS1 GS5 GS10 CP3Mx T1YFFM T5YFFM T10YFFM TB3SMFFM TB6SMFFM COMPAPFFx"),
  ...of("BEA", "output", "A191RL1Q225SBEA GDP RPI W875RX1 DPCERA3M086SBEA"),
  ...of("Federal Reserve", "output", "INDPRO IPFPNSS IPFINAL IPCONGD IPDCONGD IPNCONGD IPBUSEQ IPMAT IPDMAT IPNMAT IPMANSICS IPB51222S IPFUELS CUMFNS"),
  ...of("Census", "output", "AMDMNOx AMDMUOx ANDENOx ACOGNO BUSINVx ISRATIOx RETAILx CMRMTSPLx"),
  ...of("BLS", "prices", "CPIAUCSL CPIULFSL CUSR0000SA0L2 CUSR0000SA0L5 CUSR0000SAC CUSR0000SAD CUSR0000SAS CPIAPPSL CPITRNSL CPIMEDSL WPSFD49207 WPSFD49502 WPSID61 WPSID62 PPICMM"),
  ...of("BEA", "prices", "PCEPI DDURRG3M086SBEA DNDGRG3M086SBEA DSERRG3M086SBEA"),
  ...of("BLS", "labour", "PAYEMS UNRATE CE16OV CLF16OV UEMPMEAN UEMPLT5 UEMP5TO14 UEMP15OV UEMP15T26 UEMP27OV MANEMP DMANEMP NDMANEMP USGOOD USCONS CES1021000001 SRVPRD USTPU USWTRADE USTRADE USFIRE USGOVT AWHMAN AWOTMAN CES0600000007 CES0600000008 CES2000000008 CES3000000008"),
  { code: "CLAIMSx", agency: "Department of Labor", category: "labour", name: "Initial unemployment claims, monthly average" },
  ...of("Census", "housing", "HOUST HOUSTNE HOUSTMW HOUSTS HOUSTW PERMIT PERMITNE PERMITMW PERMITS PERMITW"),
  ...of("Federal Reserve", "money-credit", "M1SL M2SL M2REAL BOGMBASE TOTRESNS NONBORRES BUSLOANS REALLN NONREVSL CONSPI DTCOLNVHFNM DTCTHFNM INVEST"),
  ...of("Treasury", "money-credit", "GFDEBTN"),
  ...of("Federal Reserve", "trade-fx", "TWEXAFEGSMTHx EXKOUS EXJPUS EXCHUS EXCAUS EXMXUS EXBZUS EXINUS EXSZUS EXTAUS FX_EUR_PER_USD FX_GBP_PER_USD FX_AUD_PER_USD EXUSUKx"),
  // Before 1986 the source splices in a posted price that is not the EIA's; only the EIA's Cushing spot price is kept.
  { code: "OILPRICEx", agency: "EIA", category: "global", name: "Crude oil, West Texas Intermediate spot at Cushing", from: "1986-01-01" },
];

/** Columns of the Federal Reserve's stress-test history ("Historic Domestic", 2025 vintage) that nothing else in the public domain offers. */
export const STRESS_TEST_COLUMNS = [
  { code: "FRB_ST_BBB", column: "BBB corporate yield", name: "BBB corporate bond yield (stress-test history)", unit: "Percent", category: "rates" },
  { code: "FRB_ST_MORTGAGE", column: "Mortgage rate", name: "30-year fixed mortgage rate (stress-test history)", unit: "Percent", category: "rates" },
  { code: "FRB_ST_HPI", column: "House Price Index (Level)", name: "House price index (stress-test history)", unit: "Index", category: "housing" },
  { code: "FRB_ST_CRE", column: "Commercial Real Estate Price Index (Level)", name: "Commercial property price index (stress-test history)", unit: "Index", category: "housing" },
  { code: "FRB_ST_EQUITY", column: "Dow Jones Total Stock Market Index (Level)", name: "US stock market index, quarter end (stress-test history)", unit: "Index", category: "global" },
  { code: "FRB_ST_VIX", column: "Market Volatility Index (Level)", name: "Market volatility index, quarter's maximum (stress-test history)", unit: "Index points", category: "global" },
] as const satisfies readonly { code: string; column: string; name: string; unit: string; category: MacroCategory }[];
