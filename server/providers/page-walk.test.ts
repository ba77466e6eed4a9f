import { describe, expect, it } from "vitest";
import { walkPages } from "./page-walk";

const walk = (pages: string[][], more: { maxPages?: number; enough?: number; endless?: boolean } = {}) =>
  walkPages({
    provider: "polygon", first: 0, keyOf: (row: string) => row, ...more,
    page: async (at: number) => ({ rows: pages[Math.min(at, pages.length - 1)]!, next: more.endless || at + 1 < pages.length ? at + 1 : null }),
  });

describe("walkPages", () => {
  it("gives each row once, in order, also when rows move from page to page", async () => {
    expect(await walk([["a", "b"], ["b", "c"], ["d"]])).toEqual(["a", "b", "c", "d"]);
  });

  it("refuses a vendor that sends the same page again and again", async () => {
    await expect(walk([["a"], ["b"]], { endless: true })).rejects.toMatchObject({ code: "UPSTREAM_INVALID", details: { reason: "duplicate-page" } });
    await expect(walk([[]], { endless: true })).rejects.toMatchObject({ details: { reason: "duplicate-page" } });
  });

  it("refuses more pages than are plausible", async () => {
    await expect(walk([["a"], ["b"], ["c"]], { maxPages: 2 })).rejects.toMatchObject({ details: { reason: "too-many-pages" } });
  });

  it("stops when there is enough", async () => expect(await walk([["a", "b"], ["c", "d"], ["e"]], { enough: 3 })).toEqual(["a", "b", "c"]));
});
