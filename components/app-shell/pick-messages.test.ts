import { describe, expect, it } from "vitest";
import { mergeMessages, pickMessages } from "./pick-messages";

const all = { market: { title: "Markets", sectors: { BANKING: "Banks" } }, macro: { title: "Macro" } };

describe("pickMessages", () => {
  it("takes whole files and parts of them, and nothing else", () => {
    expect(pickMessages(all, ["macro"])).toEqual({ macro: all.macro });
    expect(pickMessages(all, ["market.sectors", "market.title"])).toEqual({ market: all.market });
    expect(pickMessages(all, ["market.sectors"])).toEqual({ market: { sectors: all.market.sectors } });
  });

  it("leaves out what does not exist", () => {
    expect(pickMessages(all, ["nothing", "macro.title.deeper"])).toEqual({});
  });
});

describe("mergeMessages", () => {
  it("keeps what either has, and the second where they differ", () => {
    expect(mergeMessages({ a: { x: "1", y: "1" } }, { a: { y: "2" }, b: "2" })).toEqual({ a: { x: "1", y: "2" }, b: "2" });
  });

  it("changes neither", () => {
    const first = { a: { x: "1" } };
    mergeMessages(first, { a: { y: "2" } });
    expect(first).toEqual({ a: { x: "1" } });
  });
});
