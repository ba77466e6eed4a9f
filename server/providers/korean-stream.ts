import { z } from "zod";
import { notAhead, vendorInstant } from "@/server/domain/ingestion/vendor-instant";
import { AppError } from "@/server/domain/app-error";
import type { QuoteStream, TickRow, VendorId } from "./capabilities";
import { newestTick } from "./newest-tick";
import { openSocket } from "./open-socket";
import type { VendorClient } from "./vendor-client";
import { createVendorStream, type StreamProtocol } from "./vendor-stream";

/** Upbit closes a line that said nothing for two minutes; its answer to PING also keeps a quiet line from looking dead. */
const PING = { text: "PING", everyMs: 25_000 };

const ticker = z.object({
  type: z.literal("ticker"),
  code: z.string().regex(/^[A-Z]+-\S+$/),
  trade_price: z.number().positive(),
  acc_trade_volume_24h: z.number().min(0),
  trade_timestamp: z.int().positive(),
});
const message = z.union([ticker, z.object({ status: z.literal("UP") })]);

/** One message of the line: a ticker, or the answer to a ping. What the exchange sends as an error is none of them and throws. */
export function readKoreanTick(text: string, { provider, now }: { provider: VendorId; now: Date }): TickRow[] {
  const told = message.parse(JSON.parse(text));
  if ("status" in told) return [];
  const at = vendorInstant(told.trade_timestamp);
  if (at === null) throw new AppError("UPSTREAM_INVALID", `${provider}: a tick without an instant`, { provider, reason: "clock" });
  // Its change is against the close of the exchange's day and not of 24 hours: the board's row has that close.
  return [{ provider, symbol: told.code, currency: told.code.split("-")[0]!, price: told.trade_price, volume: told.acc_trade_volume_24h, change24h: null, at: notAhead(at, { now, provider }) }];
}

/** Prices of Upbit, whose protocol Bithumb took over: markets as "KRW-BTC", each request in the place of the one before, volumes of 24 hours. */
export function createKoreanStream(client: VendorClient): QuoteStream {
  const ask = (symbols: readonly string[]) => [JSON.stringify([{ ticket: "nexus-alpha" }, { type: "ticker", codes: symbols }, { format: "DEFAULT" }])];
  const protocol: StreamProtocol = {
    connect: () => openSocket(client.url("live", "")),
    subscribe: ask,
    // Never asked for: the line replaces the list, and closes with its last symbol.
    unsubscribe: () => [],
    replaces: true,
    read: (text) => readKoreanTick(text, { provider: client.id, now: client.deps.now() }),
    ping: PING,
  };
  return { openQuoteStream: (listener) => createVendorStream(protocol, newestTick(listener), client.deps) };
}
