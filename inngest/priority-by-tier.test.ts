import { evaluate } from "@marcbachmann/cel-js";
import { describe, expect, it } from "vitest";
import { TIERS } from "@/server/domain/account/access";
import { buildRequestedExport } from "./functions/build-requested-export";

const priorityOf = (data: object) => Number(evaluate(buildRequestedExport.opts.priority!.run!, { event: { name: "export/requested", data } }));

describe("the priority of a person's work", () => {
  it("puts those of the plans that are sold with it five minutes ahead, and nobody else", () => {
    expect(TIERS.map((tier) => [tier, priorityOf({ exportId: "1", tier })])).toEqual([["FREE", 0], ["PRO", 0], ["PREMIUM", 300], ["INSTITUTIONAL", 300]]);
  });

  it("takes an event without a tier as it comes", () => {
    expect(priorityOf({ exportId: "1" })).toBe(0);
  });
});
