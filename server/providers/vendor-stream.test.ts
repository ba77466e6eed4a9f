import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StreamPhase, TickRow } from "./capabilities";
import { createVendorStream, type StreamProtocol, type StreamSocket } from "./vendor-stream";

class Line implements StreamSocket {
  sent: string[] = [];
  closed = false;
  private listeners: { type: string; listener: (event: { data: unknown }) => void }[] = [];
  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.listeners.push({ type, listener });
  }
  emit(type: "open" | "close" | "error" | "message", data?: unknown): void {
    for (const { listener } of this.listeners.filter((entry) => entry.type === type)) listener({ data });
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
}

const tick = (symbol: string): TickRow => ({ provider: "upbit", symbol, currency: "KRW", price: 1, volume: null, change24h: null, at: "2026-11-21T00:00:00.000Z" });

let lines: Line[];
let rows: TickRow[];
let phases: StreamPhase[];
let faults: string[];
beforeEach(() => {
  vi.useFakeTimers();
  [lines, rows, phases, faults] = [[], [], [], []];
});
afterEach(() => vi.useRealTimers());

function stream(more: Partial<StreamProtocol> = {}) {
  const protocol: StreamProtocol = {
    connect: () => {
      const line = new Line();
      lines.push(line);
      return line;
    },
    subscribe: (symbols) => [`+${symbols.join()}`],
    unsubscribe: (symbols) => [`-${symbols.join()}`],
    read: (text) => (text === "hello" ? [] : [tick((JSON.parse(text) as { symbol: string }).symbol)]),
    ...more,
  };
  return createVendorStream(protocol, { onRow: (row) => rows.push(row), onPhase: (phase) => phases.push(phase), onFault: ({ reason }) => faults.push(reason) }, { now: () => new Date(), random: () => 1 });
}

describe("vendor stream", () => {
  it("opens at the first subscription and hands on what it reads", () => {
    const handle = stream();
    expect(lines).toHaveLength(0);
    handle.subscribe(["A", "B"]);
    expect(lines[0]!.sent).toEqual([]);
    lines[0]!.emit("open");
    lines[0]!.emit("message", "hello");
    lines[0]!.emit("message", '{"symbol":"A"}');
    handle.subscribe(["B", "C"]);
    handle.unsubscribe(["A", "X"]);
    expect(lines[0]!.sent).toEqual(["+A,B", "+C", "-A"]);
    expect(rows.map(({ symbol }) => symbol)).toEqual(["A"]);
    expect(phases).toEqual(["connecting", "open"]);
  });

  it("asks anew for all symbols on the next line, also for those that came while there was none", () => {
    const handle = stream();
    handle.subscribe(["A"]);
    lines[0]!.emit("open");
    lines[0]!.emit("close");
    handle.subscribe(["B"]);
    expect(handle.phase()).toBe("waiting");
    vi.advanceTimersByTime(500);
    lines[1]!.emit("open");
    expect(lines[1]!.sent).toEqual(["+A,B"]);
    lines[0]!.emit("message", '{"symbol":"A"}');
    lines[0]!.emit("close");
    expect([rows, lines.length]).toEqual([[], 2]);
  });

  it("waits longer and longer for a line that opens, talks nonsense and dies, and starts small again after one that talked", () => {
    const handle = stream();
    handle.subscribe(["A"]);
    for (const waitMs of [500, 1_000, 2_000, 4_000]) {
      lines.at(-1)!.emit("open");
      lines.at(-1)!.emit("message", "<html>");
      lines.at(-1)!.emit("error");
      vi.advanceTimersByTime(waitMs - 1);
      const before = lines.length;
      vi.advanceTimersByTime(1);
      expect(lines.length).toBe(before + 1);
    }
    lines.at(-1)!.emit("open");
    lines.at(-1)!.emit("message", "hello");
    lines.at(-1)!.emit("close");
    const before = lines.length;
    vi.advanceTimersByTime(500);
    expect(lines.length).toBe(before + 1);
  });

  it("gives up a line that is silent, and one that never opens", () => {
    const handle = stream({ silenceMs: 4_000 });
    handle.subscribe(["A"]);
    vi.advanceTimersByTime(4_000);
    expect([faults, lines[0]!.closed]).toEqual([["silence"], true]);
    vi.advanceTimersByTime(500);
    lines[1]!.emit("open");
    vi.advanceTimersByTime(3_000);
    lines[1]!.emit("message", "hello");
    vi.advanceTimersByTime(3_000);
    expect(faults).toEqual(["silence"]);
  });

  it("lives on after a message that it cannot read, and after a connection that cannot even be begun", () => {
    let tries = 0;
    const line = new Line();
    const handle = stream({ connect: () => {
      if (++tries === 1) throw new Error("no");
      return line;
    } });
    handle.subscribe(["A"]);
    vi.advanceTimersByTime(500);
    line.emit("open");
    line.emit("message", "<html>");
    line.emit("message", '{"symbol":"A"}');
    expect([faults, rows.length]).toEqual([["connect", "unreadable"], 1]);
  });

  it("closes with the last symbol, opens with the next, and never again after its end", () => {
    const handle = stream();
    handle.subscribe(["A"]);
    handle.unsubscribe(["A"]);
    expect([lines[0]!.closed, handle.phase()]).toEqual([true, "closed"]);
    handle.subscribe(["B"]);
    expect(lines).toHaveLength(2);
    handle.close();
    handle.subscribe(["C"]);
    vi.advanceTimersByTime(600_000);
    expect([lines.length, handle.symbols(), handle.phase()]).toEqual([2, [], "closed"]);
  });

  it("sends the whole list where each request takes the place of the one before, and pings as the vendor wants", () => {
    const handle = stream({ replaces: true, ping: { text: "PING", everyMs: 10_000 } });
    handle.subscribe(["A"]);
    lines[0]!.emit("open");
    handle.subscribe(["B"]);
    handle.unsubscribe(["A"]);
    vi.advanceTimersByTime(10_000);
    expect(lines[0]!.sent).toEqual(["+A", "+A,B", "+B", "PING"]);
  });
});
