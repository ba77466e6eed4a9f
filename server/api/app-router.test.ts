import { describe, expect, it } from "vitest";
import { isOpenToGuests } from "./app-router";

describe("isOpenToGuests", () => {
  it("knows the public reads by their path", () => {
    expect(isOpenToGuests(["market.getStrip"])).toBe(true);
    expect(isOpenToGuests(["market.getStrip", "graph.getPreview"])).toBe(true);
  });

  it("takes nothing, and what does not exist, for closed", () => {
    for (const paths of [[], ["market"], ["market.nothing"], ["market.getStrip", "constructor"]]) expect(isOpenToGuests(paths)).toBe(false);
  });
});
