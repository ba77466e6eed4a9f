import { afterAll, describe, expect, it } from "vitest";
import { createTestCtx } from "@/server/testing/test-ctx";
import { perhapsMeant, textMatch } from "./text-match";

const { db } = createTestCtx();
afterAll(() => db.$disconnect());

const NAMES = [["MU", "Micron Technology"], ["MUSA", "Murphy USA"], ["AMD", "Advanced Micro Devices"], ["MCHP", "Microchip Technology"], ["STM", "STMicroelectronics"], ["PLD", "Prologis"]] as const;
const [ids, words] = [NAMES.map(([id]) => id), NAMES.map(([, name]) => name)];

async function found(typed: string) {
  const { scores, matches, bestFirst } = textMatch(typed);
  const rows = await db.$queryRaw<{ id: string; hit: number }[]>`
    SELECT id, hit FROM (SELECT id, ${scores} FROM unnest(${ids}::text[], ${words}::text[]) AS thing (id, words)) scored WHERE ${matches} ORDER BY ${bestFirst}, id`;
  return rows.map(({ id, hit }) => [id, hit]);
}

async function meant(wanted: string) {
  const rows = await db.$queryRaw<{ id: string }[]>`SELECT id FROM unnest(${ids}::text[], ${words}::text[]) AS thing (id, words) ${perhapsMeant(wanted)}`;
  return rows.map(({ id }) => id);
}

describe("textMatch", () => {
  it("puts the identifier before its beginning, and the first word before a later one and the middle of one", async () => {
    expect((await found("Mu")).slice(0, 2)).toEqual([["MU", 5], ["MUSA", 4]]);
    expect(await found("micro")).toEqual([["MCHP", 3], ["MU", 3], ["AMD", 2], ["STM", 1]]);
  });

  it("forgives a misspelt word, and does not take a few shared letters for one", async () => {
    expect((await found("microchpi")).map(([id]) => id)).toContain("MCHP");
    expect(await found("procter")).toEqual([]);
  });
});

describe("perhapsMeant", () => {
  it("offers at most five, what begins alike first, and always the same ones", async () => {
    expect((await meant("musa2"))[0]).toBe("MUSA");
    expect((await meant("prologs"))[0]).toBe("PLD");
    expect(await meant("???")).toEqual([...ids].sort().slice(0, 5));
  });
});
