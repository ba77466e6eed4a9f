/** Words that tell a company's form, not the company. */
const FORM_WORDS = new Set(["INC", "INCORPORATED", "CORP", "CORPORATION", "CO", "COMPANY", "COMPANIES", "COS", "LTD", "LIMITED", "PLC", "LP", "LLC", "SA", "NV", "AG", "SE", "THE", "NEW", "DEL", "CL", "CLASS", "COM"]);

/**
 * What two spellings of one issuer's name have in common: case, marks and the words for its legal form do not count ("group" and "holdings" do: they tell companies apart). Empty where nothing is left. It
 * guesses no abbreviation: "BANK AMER CORP" is not Bank of America, and stays unmatched rather than matched wrongly.
 */
export function issuerKey(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().replaceAll("&", " AND ").replace(/\/[A-Z]{2,3}\/?$/, "").replace(/[.'’]/g, "");
  return plain.split(/[^A-Z0-9]+/).filter((word) => word !== "" && !FORM_WORDS.has(word)).join(" ").replace(/ AND$/, "");
}
