import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readQueryInput } from "./query-input";

const schema = z.object({ limit: z.coerce.number().default(50), live: z.boolean().nullish(), tickers: z.array(z.string()), weights: z.array(z.number()).optional(), name: z.string() });
const read = (query: string) => readQueryInput(schema, new URLSearchParams(query));

describe("readQueryInput", () => {
  it("reads numbers, booleans and lists by the schema and leaves names as text", () => {
    expect(read("limit=5&live=false&tickers=CAT,DE&tickers=BA&weights=0.5,-1e3&name=007")).toEqual({ limit: 5, live: false, tickers: ["CAT", "DE", "BA"], weights: [0.5, -1000], name: "007" });
  });

  it("leaves what is of another type for the schema to refuse", () => {
    expect(read("limit=Infinity&live=yes&weights=a")).toEqual({ limit: "Infinity", live: "yes", weights: ["a"] });
  });

  it("refuses a parameter that does not exist or comes twice, by its name", () => {
    expect(() => read("role=ADMIN")).toThrow(expect.objectContaining({ code: "INVALID_INPUT", details: expect.objectContaining({ field: "role" }) }));
    expect(() => read("name=a&name=b")).toThrow(expect.objectContaining({ details: { field: "name" } }));
    expect(() => readQueryInput(null, new URLSearchParams("a=1"))).toThrow(expect.objectContaining({ details: expect.objectContaining({ field: "a" }) }));
    expect(() => read("__proto__=1")).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });
});
