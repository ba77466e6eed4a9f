import { NO_ESTIMATE, type ConnectionToStore } from "@/server/services/graph/store-connections";

/** A filing whose wording was read for this table: company, fiscal year, and what it says. `stated`: it gives the strength too. */
type Filed = { by: string; form: "10-K"; year: number; text: string; stated?: true };
type Named = { from: string; to: string; strength: number; filed?: Filed };

const filed = (by: string, year: number, text: string, more: Pick<Filed, "stated"> = {}): Filed => ({ by, form: "10-K", year, text, ...more });
const row = (from: string, to: string, strength: number, document?: Filed): Named => ({ from, to, strength, filed: document });

const STATED = { stated: true } as const;

/** Supplier to customer; strength is the customer's share of the supplier's sales, assumed unless the filing has `stated` it. Landlords supply their tenants. */
const SUPPLY: readonly Named[] = [
  row("SWKS", "AAPL", 0.67, filed("SWKS", 2025, "Apple accounted for 67% of net revenue in fiscal 2025.", STATED)),
  row("AVGO", "AAPL", 0.2, filed("AVGO", 2023, "Aggregate sales to Apple through all channels were about 20% of net revenue.", STATED)),
  row("QCOM", "AAPL", 0.1, filed("QCOM", 2025, "Revenues from Apple, Samsung and Xiaomi each made up 10% or more; the strength is that least share.")),
  row("LRCX", "MU", 0.1, filed("LRCX", 2026, "Names Micron among its most significant customers; the share is assumed.")),
  row("LRCX", "INTC", 0.08, filed("LRCX", 2023, "Names Intel among its most significant customers; the share is assumed.")),
  row("MU", "NVDA", 0.15, filed("NVDA", 2026, "Names Micron among the makers it buys memory from; the share is assumed.")),
  row("VICI", "MGM", 0.35, filed("VICI", 2025, "MGM represented 35% of annualized rent at the end of 2025.", STATED)),
  row("AMT", "TMUS", 0.17), row("AMT", "T", 0.16), row("AMT", "VZ", 0.13), row("CCI", "TMUS", 0.35), row("CCI", "T", 0.2), row("CCI", "VZ", 0.2), row("SBAC", "TMUS", 0.3), row("SBAC", "T", 0.2), row("SBAC", "VZ", 0.15),
  row("INTC", "DELL", 0.19), row("INTC", "HPQ", 0.1), row("MAS", "HD", 0.36), row("SWK", "HD", 0.13), row("SWK", "LOW", 0.14), row("CMI", "PCAR", 0.15), row("HWM", "GE", 0.12), row("HWM", "RTX", 0.08), row("BA", "UAL", 0.05), row("BA", "DAL", 0.02),
  row("PLD", "AMZN", 0.05), row("PLD", "HD", 0.02), row("PLD", "FDX", 0.02), row("O", "FDX", 0.02), row("O", "WMT", 0.02),
  row("NVDA", "MSFT", 0.15), row("NVDA", "META", 0.1), row("NVDA", "AMZN", 0.08), row("NVDA", "GOOGL", 0.07), row("NVDA", "ORCL", 0.05),
  row("NVDA", "DELL", 0.06), row("NVDA", "SMCI", 0.07), row("NVDA", "HPE", 0.02), row("NVDA", "TSLA", 0.02),
  row("AVGO", "GOOGL", 0.15), row("AVGO", "META", 0.05), row("MRVL", "AMZN", 0.15), row("MRVL", "MSFT", 0.05),
  row("AMD", "MSFT", 0.08), row("AMD", "META", 0.08), row("AMD", "HPQ", 0.05), row("AMD", "ORCL", 0.04), row("MU", "AAPL", 0.05), row("MU", "DELL", 0.05),
  row("TXN", "AAPL", 0.05), row("MPWR", "NVDA", 0.1), row("ON", "TSLA", 0.03), row("ON", "GM", 0.03), row("NXPI", "APTV", 0.03), row("NXPI", "F", 0.02),
  row("AMAT", "INTC", 0.08), row("AMAT", "MU", 0.07), row("KLAC", "INTC", 0.07), row("KLAC", "MU", 0.06), row("TER", "QCOM", 0.04), row("TER", "TXN", 0.03),
  row("APTV", "GM", 0.08), row("APTV", "F", 0.06), row("GE", "BA", 0.1), row("RTX", "BA", 0.07), row("HON", "BA", 0.03), row("TDG", "BA", 0.07), row("HWM", "BA", 0.05),
  row("RTX", "LMT", 0.05), row("NOC", "LMT", 0.05), row("PH", "BA", 0.03), row("WAB", "UNP", 0.05), row("CAT", "UNP", 0.01), row("GEV", "NEE", 0.03), row("FSLR", "NEE", 0.06), row("HUBB", "NEE", 0.03),
  row("ETN", "MSFT", 0.02), row("EQIX", "MSFT", 0.03), row("EQIX", "AMZN", 0.03), row("DLR", "ORCL", 0.05), row("DLR", "META", 0.05), row("AOS", "LOW", 0.1), row("GNRC", "HD", 0.06), row("WY", "BLDR", 0.04), row("BLDR", "HD", 0.01),
];

/** Two that sell the same thing; stored once. Strength is an assumed closeness. */
const COMPETITION: readonly Named[] = [
  row("AMD", "INTC", 0.8, filed("AMD", 2025, "Names Intel as its primary competitor in processors.")),
  row("NVDA", "AMD", 0.7, filed("NVDA", 2026, "Names AMD among suppliers of competing graphics and accelerated computing.")),
  row("NVDA", "INTC", 0.4, filed("NVDA", 2024, "Names Intel among suppliers of competing accelerated computing.")),
  row("NVDA", "GOOGL", 0.3, filed("NVDA", 2024, "Names Alphabet among cloud companies with competing chips of their own.")),
  row("NVDA", "AMZN", 0.3, filed("NVDA", 2024, "Names Amazon among cloud companies with competing chips of their own.")),
  row("LRCX", "AMAT", 0.7, filed("LRCX", 2023, "Names Applied Materials among its primary competitors in etch and in deposition.")),
  row("BA", "LMT", 0.4, filed("BA", 2023, "Names Lockheed Martin among the strong competitors of its defense business.")),
  row("BA", "NOC", 0.4, filed("BA", 2023, "Names Northrop Grumman among the strong competitors of its defense business.")),
  row("BA", "RTX", 0.3, filed("BA", 2023, "Names Raytheon Technologies, since renamed RTX, among the strong competitors of its defense business.")),
  row("BA", "GD", 0.3, filed("BA", 2023, "Names General Dynamics among the strong competitors of its defense business.")),
  row("DE", "CAT", 0.5, filed("CAT", 2025, "Names Deere Construction & Forestry among examples of global competitors.")),
  row("CAT", "CMI", 0.4, filed("CAT", 2025, "Names Cummins among its principal global competitors.")),
  row("DAL", "UAL", 0.7, filed("DAL", 2025, "Names United Airlines among the network carriers it competes with at home.")),
  row("KLAC", "AMAT", 0.5), row("SWKS", "QCOM", 0.5), row("SWKS", "AVGO", 0.5), row("ROK", "EMR", 0.6), row("ROK", "HON", 0.5), row("LII", "CARR", 0.7), row("LII", "TT", 0.7), row("SBAC", "AMT", 0.8), row("SBAC", "CCI", 0.8), row("DLR", "EQIX", 0.7), row("EXR", "PSA", 0.8),
  row("TXN", "ADI", 0.7), row("MCHP", "NXPI", 0.6), row("MCHP", "TXN", 0.6), row("ON", "NXPI", 0.4), row("MPWR", "TXN", 0.5), row("AVGO", "MRVL", 0.6),
  row("JPM", "BAC", 0.8), row("JPM", "C", 0.7), row("WFC", "BAC", 0.7), row("GS", "MS", 0.8), row("BK", "STT", 0.8), row("STT", "NTRS", 0.6), row("BLK", "STT", 0.5), row("TROW", "BEN", 0.6), row("BEN", "IVZ", 0.6),
  row("COF", "SYF", 0.6), row("COF", "AXP", 0.6), row("USB", "PNC", 0.7), row("TFC", "RF", 0.6), row("CFG", "KEY", 0.6), row("FITB", "HBAN", 0.6), row("BX", "KKR", 0.7), row("KKR", "APO", 0.7), row("SCHW", "IBKR", 0.5), row("RJF", "AMP", 0.5),
  row("EQR", "AVB", 0.7), row("MAA", "CPT", 0.7), row("WELL", "VTR", 0.7), row("KIM", "REG", 0.7), row("ESS", "EQR", 0.6),
  row("F", "GM", 0.8), row("TSLA", "GM", 0.4), row("ETN", "HUBB", 0.5), row("XYL", "PNR", 0.5), row("DOV", "IEX", 0.5), row("AME", "FTV", 0.4), row("SWK", "SNA", 0.4), row("CARR", "TT", 0.7), row("GD", "HII", 0.6), row("LMT", "NOC", 0.5),
  row("COIN", "HOOD", 0.6), row("PYPL", "XYZ", 0.6), row("HOOD", "SCHW", 0.5),
];

/** Holder to what is held; strength is the share held, assumed. Index funds hold a part of every large company. */
const OWNERSHIP: readonly Named[] = [
  row("company:MSTR", "asset:BTC-USD", 0.02),
  row("company:XYZ", "asset:BTC-USD", 0.0004),
  row("company:TSLA", "asset:BTC-USD", 0.0006, filed("TSLA", 2020, "Reports $1.50 billion invested in bitcoin; what is left of it, and the share of all bitcoin, are assumed.")),
  row("company:COIN", "asset:BTC-USD", 0.0004), row("company:COIN", "asset:ETH-USD", 0.0009),
  row("NVDA", "INTC", 0.04),
  ...["JPM", "BAC", "WFC", "C", "NVDA", "AAPL", "MSFT", "INTC", "CAT", "PLD", "AMT"].map((held) => row("BLK", held, 0.07)),
  ...["JPM", "CAT", "PLD", "TXN"].map((held) => row("STT", held, 0.045)),
];

const keyOf = (name: string) => (name.includes(":") ? name : `company:${name}`);

const toConnections = (kind: "SUPPLY" | "COMPETITION" | "OWNERSHIP", rows: readonly Named[]): ConnectionToStore[] =>
  rows.map(({ from, to, strength, filed: document }) => ({
    kind,
    from: keyOf(from),
    to: keyOf(to),
    strength,
    // A rival's gain is a loss; what is supplied or held moves along.
    sign: kind === "COMPETITION" ? -1 : 1,
    ...NO_ESTIMATE,
    basis: document ? "FILED" : "ASSUMED",
    evidence: document ? { company: document.by, form: document.form, year: document.year, text: document.text, stated: document.stated === true } : null,
    verified: document !== undefined,
    author: "nexus-seed",
  }));

/**
 * Edges between companies that people know of. A filing is cited, by company, form and fiscal year, only where its wording was read for this table: in the filing or
 * in a verbatim quotation that names company and year. What is merely known to stand in one is assumed and cites nothing.
 */
export const NAMED_CONNECTIONS: readonly ConnectionToStore[] = [...toConnections("SUPPLY", SUPPLY), ...toConnections("COMPETITION", COMPETITION), ...toConnections("OWNERSHIP", OWNERSHIP)];
