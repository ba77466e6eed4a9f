import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemFetchDeps } from "@/server/platform/fetch-text";
import { startMisbehavingStream, type MisbehavingStream } from "./misbehaving-stream";
import type { VendorUnderTest } from "./it-survives-a-misbehaving-vendor";

type Tick = { symbol: string; currency: string; price: number; at: string };
type Handle = { subscribe(symbols: readonly string[]): void; unsubscribe(symbols: readonly string[]): void; phase(): string; close(): void };

type StreamContract = {
  /** Builds the adapter anew on this address: a stream of prices as `capabilities.ts` of the providers has it, of which this is what is tried. */
  source(vendor: VendorUnderTest): { openQuoteStream(listener: { onRow(row: Tick): void; onFault(fault: { reason: string }): void }): Handle };
  /** Two symbols that can be subscribed to. */
  symbols: readonly [string, string];
  /** A message of the vendor's with one price. */
  tick(told: { symbol: string; price: number; atMs: number }): string;
  /** The symbols that a line has asked for, by all that it said, in any order. */
  subscribed(heard: readonly string[]): string[];
  /** Messages that carry no price and are no fault: greetings, answers. */
  quiet: readonly string[];
  /** Messages that have to be told as a fault: errors of the vendor's, other shapes. */
  faults: Readonly<Record<string, string>>;
};

/** Registers the tests that every stream of prices has to pass: whatever the line does, prices come in order, once, and again after it was cut. */
export function itSurvivesAMisbehavingStream(name: string, { source, symbols: [first, second], tick, subscribed, quiet, faults }: StreamContract): void {
  describe(`${name} and a misbehaving line`, () => {
    let vendor: MisbehavingStream;
    let handle: Handle;
    const rows: Tick[] = [];
    const told: string[] = [];
    const nowMs = Date.now();
    const say = (price: number, secondsAgo: number, symbol = first) => vendor.say(tick({ symbol, price, atMs: nowMs - secondsAgo * 1_000 }));
    const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });
    const prices = () => rows.map(({ price }) => price);
    const listening = (line: number, symbols: string[]) => until(() => expect(subscribed(vendor.lines[line]?.heard ?? []).toSorted()).toEqual(symbols.toSorted()));

    beforeEach(async () => {
      [rows.length, told.length] = [0, 0];
      vendor = await startMisbehavingStream();
      // Attempts follow one another at once.
      handle = source({ url: vendor.url, deps: { ...systemFetchDeps, random: () => 0.001 } }).openQuoteStream({ onRow: (row) => rows.push(row), onFault: ({ reason }) => told.push(reason) });
      handle.subscribe([first]);
      await listening(0, [first]);
    });
    afterEach(async () => {
      handle.close();
      await vendor.close();
    });

    it("hands on a price with its symbol, currency and time, from text and binary frames alike", async () => {
      say(100, 20);
      vendor.say(Buffer.from(tick({ symbol: first, price: 101, atMs: nowMs - 10_000 })));
      await until(() => expect(prices()).toEqual([100, 101]));
      expect(rows[1]).toMatchObject({ symbol: first, price: 101, at: new Date(nowMs - 10_000).toISOString() });
      expect(rows[1]!.currency).toMatch(/^[A-Z]{3,4}$/);
    });

    it("hears what comes slowly, and answers pings meanwhile", async () => {
      vendor.ping();
      await vendor.saySlowly(tick({ symbol: first, price: 7, atMs: nowMs }), 2);
      await until(() => expect([prices(), vendor.lines[0]!.ponged]).toEqual([[7], 1]));
    });

    it("asks anew for all symbols after it was cut off, hung up on, and turned away", async () => {
      handle.subscribe([second]);
      vendor.drop();
      await listening(1, [first, second]);
      vendor.hangUp();
      await listening(2, [first, second]);
      vendor.refuse(2);
      vendor.drop();
      await listening(3, [first, second]);
      say(5, 1, second);
      await until(() => expect(prices()).toEqual([5]));
      expect(told.length).toBeGreaterThanOrEqual(5);
    });

    it("takes no older price after a newer one, and none twice, also over a new line", async () => {
      for (const [price, secondsAgo] of [[1, 30], [2, 20], [2, 20], [9, 25], [3, 10]] as const) say(price, secondsAgo);
      await until(() => expect(prices()).toEqual([1, 2, 3]));
      vendor.drop();
      await listening(1, [first]);
      say(3, 10);
      say(8, 15);
      say(4, 5);
      say(6, 25, second);
      await until(() => expect(prices()).toEqual([1, 2, 3, 4, 6]));
    });

    it("lives on after garbage, and takes a price of tomorrow for none", async () => {
      for (const garbage of ["", "<html>502 Bad Gateway</html>", "{", "[]", "null", '{"price":1}', "\u0000\u0001"]) vendor.say(garbage);
      vendor.say(Buffer.from([0xff, 0xfe, 0x00]));
      say(50, -86_400);
      say(1, 1);
      await until(() => expect(prices()).toEqual([1]));
      expect(told).toEqual(Array.from({ length: 9 }, () => "unreadable"));
    });

    it("lets pass what carries no price", async () => {
      for (const message of quiet) vendor.say(message);
      say(1, 1);
      await until(() => expect(prices()).toEqual([1]));
      expect(told).toEqual([]);
    });

    it.each(Object.entries(faults))("tells of what it cannot read: %s", async (_, message) => {
      vendor.say(message);
      await until(() => expect(told).toEqual(["unreadable"]));
      expect(rows).toEqual([]);
    });

    it("stops asking for what nobody wants any more", async () => {
      handle.subscribe([second]);
      await listening(0, [first, second]);
      handle.unsubscribe([first]);
      await listening(0, [second]);
      handle.unsubscribe([second]);
      expect(handle.phase()).toBe("closed");
    });
  });
}
