import { describe, expect, it } from "vitest";
import { readColumnChoice } from "./use-column-choice";

describe("readColumnChoice", () => {
  it("takes the switches that were kept", () => expect(readColumnChoice('{"icr":false,"grossMargin":true}')).toEqual({ icr: false, grossMargin: true }));
  it("takes nothing but switches", () => expect(readColumnChoice('{"icr":"no","sector":false,"deep":{"a":true}}')).toEqual({ sector: false }));
  it.each(["", "{", "null", "3", "[true]"])("takes %j for no choice", (text) => expect(readColumnChoice(text)).toEqual({}));
});
