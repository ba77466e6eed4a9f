import { describe, expect, it } from "vitest";
import { issuerKey } from "./issuer-key";

describe("issuerKey", () => {
  it.each([
    ["APPLE INC", "Apple Inc."],
    ["JPMORGAN CHASE & CO", "JPMorgan Chase & Co."],
    ["JPMORGAN CHASE & CO", "JPMorgan Chase"],
    ["DEERE & CO", "Deere & Company"],
    ["COCA COLA CO", "The Coca-Cola Company"],
    ["ALPHABET INC", "Alphabet"],
    ["WELLS FARGO & CO NEW", "Wells Fargo & Company"],
    ["CATERPILLAR INC /DE/", "Caterpillar"],
  ])("finds %s in %s", (filed, stored) => expect(issuerKey(filed)).toBe(issuerKey(stored)));

  it("does not guess what an abbreviation stands for", () => {
    expect(issuerKey("BANK AMER CORP")).not.toBe(issuerKey("Bank of America"));
    expect(issuerKey("AMERICAN EXPRESS CO")).not.toBe(issuerKey("American Airlines Group"));
    expect(issuerKey("The Company, Inc.")).toBe("");
  });
});
