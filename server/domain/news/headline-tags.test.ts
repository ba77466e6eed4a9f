import { describe, expect, it } from "vitest";
import { companyIndex, companyNames, mentionedTickers } from "./company-mentions";
import { headlineTopics, namedPeople } from "./headline-topics";

const index = companyIndex([
  { ticker: "AAPL", name: "Apple Inc." }, { ticker: "QCOM", name: "QUALCOMM Incorporated" }, { ticker: "TGT", name: "Target Corporation" }, { ticker: "DE", name: "Deere & Company" }, { ticker: "MS", name: "Morgan Stanley" },
  { ticker: "JPM", name: "JPMorgan Chase & Co." }, { ticker: "BRK-B", name: "Berkshire Hathaway Inc." }, { ticker: "F", name: "Ford Motor Company" }, { ticker: "PLD", name: "Prologis, Inc." }, { ticker: "GOOGL", name: "Alphabet Inc. (Class A)" },
]);
const tickers = (text: string) => mentionedTickers(text, index);

describe("mentionedTickers", () => {
  it("gives the worked examples of its docstring", () => {
    expect(tickers("Apple sues Qualcomm (QCOM)")).toEqual(["AAPL", "QCOM"]);
    expect(tickers("apple harvest falls")).toEqual([]);
  });

  it("knows possessives, cashtags, exchange brackets and share classes", () => {
    expect(tickers("Deere's profit rises; JPMorgan cautious")).toEqual(["DE", "JPM"]);
    expect(tickers("Why $AAPL and $BRK.B fell")).toEqual(["AAPL", "BRK-B"]);
    expect(tickers("Prologis Inc (NYSE: PLD) raises outlook, Google too")).toEqual(["PLD", "GOOGL"]);
  });

  it("does not take everyday words for companies", () => {
    expect(tickers("Fed misses its inflation Target again")).toEqual([]);
    expect(tickers("Target Corp profit falls")).toEqual(["TGT"]);
    expect(tickers("$ZZZZ and (ABCD) are unknown")).toEqual([]);
  });

  it("finds no name of an ordinary word among those a company is looked for by", () => {
    expect(companyNames({ ticker: "TGT", name: "Target Corporation" })).toEqual(["Target Corporation", "Target Corp"]);
    expect(companyNames({ ticker: "PLD", name: "Prologis, Inc." })).toContain("Prologis");
  });
});

describe("headlineTopics", () => {
  it("names topics, the nodes they touch and the category", () => {
    expect(headlineTopics("Fed raises rates as inflation accelerates", false)).toMatchObject({ topics: ["monetary-policy", "inflation"], nodes: ["driver:fedFunds", "driver:treasury3m", "driver:cpiInflation"], category: "macro" });
    expect(headlineTopics("Oil slides as OPEC lifts output", false)).toMatchObject({ topics: ["energy"], nodes: ["driver:oil"], category: "markets" });
    expect(headlineTopics("Bitcoin tops $100,000", false).category).toBe("crypto");
    expect(headlineTopics("Apple quarterly profit beats estimates", true)).toMatchObject({ topics: ["earnings"], category: "company" });
    expect(headlineTopics("Pfizer to buy Wyeth", true).category).toBe("deals");
    expect(headlineTopics("A quiet day", false)).toEqual({ topics: [], nodes: [], category: "other" });
  });

  it("does not find a topic inside another word", () => {
    expect(headlineTopics("Paid maiden voyage of the sailor", false).topics).toEqual([]);
  });
});

describe("namedPeople", () => {
  it("tags persons by their usual names and minds capitals", () => {
    expect(namedPeople("Musk and Fed's Powell disagree")).toEqual(["Jerome Powell", "Elon Musk"]);
    expect(namedPeople("The cook smelled of musk")).toEqual([]);
  });
});
