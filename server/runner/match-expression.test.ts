import { describe, expect, it } from "vitest";
import { brokenExpressions, expressionKey, expressionValue, matchesExpression } from "./match-expression";

const event = { name: "a", data: { id: "x", n: 3, none: null, list: [1, 2], deep: { kind: "k" } }, user: {} };

describe("matchesExpression", () => {
  it("compares what started the run with what came in", () => {
    expect(matchesExpression("event.data.id == async.data.id && async.data.n > 1", { event, async: { data: { id: "x", n: 2 } } })).toBe(true);
    expect(matchesExpression("event.data.id == async.data.id", { event, async: { data: { id: "y" } } })).toBe(false);
    expect(matchesExpression(null, { event })).toBe(true);
  });

  it("takes a field that is not there as null, however deep", () => {
    expect(["event.data.urgent != true", "event.data.gone == null", "event.data.a.b.c == null", "event.data.none.b == null", "event.data['gone'] != 'x'", "!has(event.data.gone)"].filter((text) => !matchesExpression(text, { event }))).toEqual([]);
    expect(["event.data.urgent == true", "event.data.gone > 1", "event.data.id.x == null", "event.data.__proto__ == 'x'", "async.data.id == 'x'"].filter((text) => matchesExpression(text, { event }))).toEqual([]);
    expect(Object.keys(event.data)).toEqual(["id", "n", "none", "list", "deep"]);
  });

  it("does not hold when it is no condition", () => {
    expect(["event.data.n", "event.data.n +", "nothing.at.all", "1 / 0"].filter((text) => matchesExpression(text, { event }))).toEqual([]);
  });
});

describe("keys", () => {
  it("tell values and types apart, and are the same for what has none", () => {
    expect(["event.data.id", "event.data.n", '"n" + event.data.id', "event.data.deep", "120"].map((text) => expressionKey(text, event))).toEqual(['"x"', "3", '"nx"', '{"kind":"k"}', "120"]);
    expect([null, undefined, "", "event.data.gone", "event.data.n + true"].map((text) => expressionKey(text, event))).toEqual(["", "", "", "", ""]);
    expect(expressionValue("event.data.id == 'x' ? 120 : 0", event)).toBe(120n);
  });

  it("are refused when they are no CEL", () => {
    expect(brokenExpressions(["event.data.id", null, "event.data.", "'x'", undefined, "a b"])).toEqual(["event.data.", "a b"]);
  });
});
