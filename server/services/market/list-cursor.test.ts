import { describe, expect, it } from "vitest";
import { decodeTimeCursor, encodeCursor, uuidOfCursor } from "./list-cursor";

const ID = "01a1fd01-2761-755d-aa14-f03b45d0b7d3";
const WRONG = expect.objectContaining({ code: "INVALID_INPUT", details: { field: "cursor" } });
const cursor = (key: string | null, id: string) => encodeCursor({ list: "audit", key, id });

describe("decodeTimeCursor", () => {
  it("reads the place that encodeCursor wrote", () => {
    expect(decodeTimeCursor(cursor("2026-11-21T07:00:00.000Z", ID), "audit")).toEqual({ at: new Date("2026-11-21T07:00:00Z"), id: ID });
  });

  it.each([
    ["a time that is none", "yesterday", ID],
    ["no time", null, ID],
    ["a year before any row", "-271821-04-20T00:00:00Z", ID],
    ["a year after any row", "+275760-09-13T00:00:00Z", ID],
    ["an id that is none", "2026-11-21T07:00:00.000Z", "x' OR 1=1"],
  ])("refuses %s, which the database would fail at", (_what, key, id) => {
    expect(() => decodeTimeCursor(cursor(key, id), "audit")).toThrow(WRONG);
  });

  it("refuses the cursor of another list, and what is no cursor", () => {
    expect(() => decodeTimeCursor(cursor("2026-11-21T07:00:00.000Z", ID), "users")).toThrow(WRONG);
    expect(() => decodeTimeCursor("%%%", "audit")).toThrow(WRONG);
  });
});

it("takes no id of the right length that is no UUID", () => {
  expect(uuidOfCursor(ID)).toBe(ID);
  expect(() => uuidOfCursor("-".repeat(36))).toThrow(WRONG);
});
