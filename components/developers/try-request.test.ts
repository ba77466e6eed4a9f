import { describe, expect, it } from "vitest";
import type { ReferenceOperation } from "@/server/contracts/api-reference";
import { tryRequest, typedOf } from "./try-request";

const operation = (given: Partial<ReferenceOperation>): ReferenceOperation => ({ id: "x", method: "GET", path: "/things/{id}", scope: "read", isPublic: true, byLogin: false, group: "other", example: {}, answerType: "Thing", statuses: ["200"], fields: [{ name: "id", in: "path", required: true, type: "string" }, { name: "limit", in: "query", required: false, type: "integer" }, { name: "kinds", in: "query", required: false, type: "(string)[]" }], ...given });

describe("tryRequest", () => {
  it("puts each field into its place, encoded, and leaves empty ones out", () => {
    expect(tryRequest(operation({}), { id: "a/b?c", limit: "", kinds: "x,y" }, "")).toEqual({ url: "/api/v1/things/a%2Fb%3Fc?kinds=x%2Cy", body: undefined });
  });

  it("sends the body of what is no read", () => {
    expect(tryRequest(operation({ method: "POST", path: "/things", fields: [] }), {}, '{"a":1}')).toEqual({ url: "/api/v1/things", body: '{"a":1}' });
  });

  it("shows examples as they are typed", () => {
    expect([["AAPL", "SPY"], 5, true, undefined].map(typedOf)).toEqual(["AAPL,SPY", "5", "true", ""]);
  });
});
