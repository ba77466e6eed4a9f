import { attemptPauseMs } from "@/server/domain/ingestion/attempt-pause";
import type { FetchDeps } from "@/server/platform/fetch-text";
import type { StreamHandle, StreamListener, StreamPhase, TickRow } from "./capabilities";

/** The part of the web's WebSocket that is needed; that of `ws` has it too. */
export type StreamSocket = {
  addEventListener(type: "open" | "close" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
  send(text: string): void;
  close(): void;
};

/** What is peculiar to a vendor's stream. */
export type StreamProtocol = {
  connect(): StreamSocket;
  /** Texts that ask for symbols; of all that are wanted when `replaces`, else of the new ones. */
  subscribe(symbols: readonly string[]): string[];
  unsubscribe(symbols: readonly string[]): string[];
  /** Whether each request takes the place of the one before. */
  replaces?: boolean;
  /** Ticks of one message; none for greetings and answers. Throws for what it cannot read. */
  read(text: string): TickRow[];
  ping?: { text: string; everyMs: number };
  /** A line without a message for so long is dead, whatever it says. */
  silenceMs?: number;
};

const SILENCE_MS = 60_000;
const BACK_OFF = { baseMs: 500, capMs: 30_000 };

/** Keeps a vendor's stream open while anything is subscribed to: connects again with full jitter and asks anew for all symbols. */
export function createVendorStream(protocol: StreamProtocol, listener: StreamListener<TickRow>, { now, random }: Pick<FetchDeps, "now" | "random">): StreamHandle {
  const { ping, silenceMs = SILENCE_MS } = protocol;
  const wanted = new Set<string>();
  let phase: StreamPhase = "closed";
  let socket: StreamSocket | null = null;
  let attempt = 0;
  let heardAtMs = 0;
  let ended = false;
  const timers = new Set<NodeJS.Timeout>();

  function enter(next: StreamPhase): void {
    if (next === phase) return;
    phase = next;
    listener.onPhase?.(next);
  }

  function stopTimers(): void {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  }

  /** Lets go of the line; what it still says is not heard. */
  function drop(): void {
    stopTimers();
    const old = socket;
    socket = null;
    old?.close();
  }

  function lost(from: StreamSocket, reason: string): void {
    if (from !== socket) return;
    drop();
    listener.onFault?.({ reason });
    again();
  }

  function again(): void {
    attempt += 1;
    enter("waiting");
    timers.add(setTimeout(open, attemptPauseMs({ attempt, random: random(), askedMs: null, ...BACK_OFF })));
  }

  function open(): void {
    stopTimers();
    enter("connecting");
    let line: StreamSocket;
    try {
      line = protocol.connect();
    } catch {
      listener.onFault?.({ reason: "connect" });
      return again();
    }
    socket = line;
    heardAtMs = now().getTime();
    line.addEventListener("open", () => line === socket && opened(line));
    line.addEventListener("message", ({ data }) => line === socket && heard(String(data)));
    line.addEventListener("close", () => lost(line, "closed"));
    line.addEventListener("error", () => lost(line, "error"));
    timers.add(setInterval(() => now().getTime() - heardAtMs >= silenceMs && lost(line, "silence"), Math.max(1, silenceMs / 4)));
    if (ping) timers.add(setInterval(() => phase === "open" && line.send(ping.text), ping.everyMs));
  }

  function opened(line: StreamSocket): void {
    enter("open");
    if (wanted.size > 0) for (const text of protocol.subscribe([...wanted])) line.send(text);
  }

  function heard(text: string): void {
    heardAtMs = now().getTime();
    let rows: TickRow[];
    try {
      rows = protocol.read(text);
    } catch {
      return listener.onFault?.({ reason: "unreadable" });
    }
    // Only a line that talks sense is well: one that opens, says an error and closes must not be tried ever faster.
    attempt = 0;
    for (const row of rows) listener.onRow(row);
  }

  const say = (texts: readonly string[]) => {
    if (phase === "open") for (const text of texts) socket?.send(text);
  };

  return {
    subscribe(symbols) {
      if (ended) return;
      const fresh = symbols.filter((symbol) => !wanted.has(symbol));
      for (const symbol of fresh) wanted.add(symbol);
      if (wanted.size === 0 || fresh.length === 0) return;
      if (phase === "closed") open();
      else say(protocol.subscribe(protocol.replaces ? [...wanted] : fresh));
    },
    unsubscribe(symbols) {
      const gone = symbols.filter((symbol) => wanted.delete(symbol));
      if (gone.length === 0) return;
      if (wanted.size === 0) {
        drop();
        attempt = 0;
        return enter("closed");
      }
      say(protocol.replaces ? protocol.subscribe([...wanted]) : protocol.unsubscribe(gone));
    },
    symbols: () => [...wanted],
    phase: () => phase,
    close() {
      ended = true;
      wanted.clear();
      drop();
      enter("closed");
    },
  };
}
