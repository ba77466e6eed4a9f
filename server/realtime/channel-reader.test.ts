import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChangeBoard } from "./change-board";
import { createChannelReader } from "./channel-reader";

type Value = { key: string; n: number };
const set = (board: ReturnType<typeof createChangeBoard<Value>>, key: string, n: number) => board.set(key, { key, n });

describe("channel reader", () => {
  it("gives a snapshot on joining and only what changed after it", () => {
    const board = createChangeBoard<Value>();
    set(board, "A", 1);
    set(board, "B", 1);
    const reader = createChannelReader(board);
    reader.join(["A", "B"]);
    expect(reader.next()).toEqual({ kind: "snapshot", seq: 1, values: [{ key: "A", n: 1 }, { key: "B", n: 1 }] });
    expect(reader.next()).toBeNull();
    set(board, "B", 2);
    set(board, "C", 9);
    expect(reader.next()).toEqual({ kind: "delta", seq: 2, values: [{ key: "B", n: 2 }] });
    set(board, "C", 10);
    expect(reader.next()).toBeNull();
  });

  it("answers a join with a snapshot even when nothing has a value yet", () => {
    const board = createChangeBoard<Value>();
    const reader = createChannelReader(board);
    reader.join(["A"]);
    expect(reader.next()).toEqual({ kind: "snapshot", seq: 1, values: [] });
    set(board, "A", 1);
    expect(reader.next()).toEqual({ kind: "delta", seq: 2, values: [{ key: "A", n: 1 }] });
  });

  it("brings the whole snapshot again when asked again", () => {
    const board = createChangeBoard<Value>();
    set(board, "A", 1);
    const reader = createChannelReader(board);
    reader.join("all");
    reader.next();
    reader.join("all");
    expect(reader.next()).toEqual({ kind: "snapshot", seq: 2, values: [{ key: "A", n: 1 }] });
  });

  it("follows keys that appear later when it follows everything", () => {
    const board = createChangeBoard<Value>();
    const reader = createChannelReader(board);
    reader.join("all");
    reader.next();
    set(board, "new", 1);
    expect(reader.next()).toEqual({ kind: "delta", seq: 2, values: [{ key: "new", n: 1 }] });
  });

  it("sends nothing of a key that was left", () => {
    const board = createChangeBoard<Value>();
    const reader = createChannelReader(board);
    reader.join(["A", "B"]);
    reader.next();
    expect(reader.leave(["A"])).toBe(false);
    set(board, "A", 1);
    expect(reader.next()).toBeNull();
    expect(reader.leave(["B"])).toBe(true);
  });

  it("loses intermediate values of a slow reader, never the last one, and never the order", () => {
    const change = fc.record({ key: fc.constantFrom("A", "B", "C"), reads: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        const board = createChangeBoard<Value>();
        const reader = createChannelReader(board);
        reader.join(["A", "B", "C"]);
        const seen = new Map<string, number>();
        let lastSeq = 0;
        const read = () => {
          const frame = reader.next();
          if (!frame) return;
          expect(frame.seq).toBe(++lastSeq);
          for (const { key, n } of frame.values) {
            expect(n).toBeGreaterThan(seen.get(key) ?? 0);
            seen.set(key, n);
          }
        };
        changes.forEach(({ key, reads }, i) => {
          set(board, key, i + 1);
          if (reads) read();
        });
        read();
        for (const key of ["A", "B", "C"]) expect(seen.get(key) ?? null).toBe(board.cell(key).value?.n ?? null);
      }),
    );
  });
});
