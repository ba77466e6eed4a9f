import { describe, expect, it } from "vitest";
import { FLAGS, FLAG_NAMES, flagsWith } from "./flags";

describe("flagsWith", () => {
  it("gives the defaults where nothing is stored", () => {
    expect(flagsWith([])).toEqual(Object.fromEntries(FLAG_NAMES.map((name) => [name, FLAGS[name].default])));
  });

  it("takes what is stored, and passes over names that no code knows", () => {
    expect(flagsWith([{ name: "registration", enabled: false }, { name: "constructor", enabled: true }, { name: "gone", enabled: true }])).toEqual({ ...flagsWith([]), registration: false });
  });
});

describe("FLAGS", () => {
  it("gives each flag an owner and a date by which it goes", () => {
    for (const { owner, removeBy } of Object.values(FLAGS)) expect([owner.length > 0, removeBy]).toEqual([true, expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)]);
  });
});
