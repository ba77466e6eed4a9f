import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withDone, withReported, type StepProgress } from "./step-progress";

const plain = (...ids: string[]) => ids.map((id) => ({ id, race: false }));
const START: StepProgress = { stack: [], pending: [], forcePlan: false };

describe("step progress", () => {
  it("calls the function after each step while they come one by one", () => {
    const one = withReported(START, plain("a"));
    expect(one).toEqual(START);
    expect(withDone(one, "a")).toEqual({ stack: ["a"], pending: [], forcePlan: false, discover: true });
  });

  it("calls the function once when all of a parallel group are done, and has steps planned until then", () => {
    const group = withReported(START, plain("a", "b", "c"));
    expect(group).toEqual({ stack: [], pending: ["a", "b", "c"], forcePlan: true });
    const { discover: first, ...second } = withDone(group, "b");
    const { discover: next, ...third } = withDone(second, "c");
    expect([first, next, second.forcePlan]).toEqual([false, false, true]);
    expect(withDone(third, "a")).toEqual({ stack: ["b", "c", "a"], pending: [], forcePlan: false, discover: true });
  });

  it("calls the function at the first step of a race", () => {
    const group = withReported(START, [{ id: "a", race: true }, { id: "b", race: true }]);
    expect(group).toEqual({ stack: [], pending: [], forcePlan: true });
    expect(withDone(group, "b")).toEqual({ stack: ["b"], pending: [], forcePlan: false, discover: true });
  });

  it("calls the function after a step that stands alone, while a group is still at work", () => {
    const group = withReported(START, plain("a", "b"));
    expect(withDone(withReported(group, plain("alone")), "alone")).toEqual({ stack: ["alone"], pending: ["a", "b"], forcePlan: true, discover: true });
  });

  it("takes a step once, however often it is told of", () => {
    const done: StepProgress = { stack: ["a"], pending: [], forcePlan: false };
    expect(withDone(done, "a")).toEqual({ ...done, discover: false });
    expect(withReported(done, plain("a", "a"))).toEqual(done);
  });

  it("ends with every step on the stack once and the last of them asking for the next call, in whatever order they are done", () => {
    fc.assert(fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 8 }).chain((ids) => fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length }))), ([ids, order]) => {
      let progress = withReported(START, plain(...ids));
      const asked = order.map((id) => {
        const { discover, ...next } = withDone(progress, id);
        progress = next;
        return discover;
      });
      expect(progress).toEqual({ stack: order, pending: [], forcePlan: false });
      expect(asked).toEqual(order.map((_, i) => i === order.length - 1));
    }));
  });
});
