// @vitest-environment happy-dom
import { act, StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { QuoteDto, StripItem } from "@/server/contracts/market";
import type { Frame, Tick } from "@/server/contracts/realtime";
import { LiveStoreContext, useConnectionState, useLivePrice, useLiveQuote, useLiveStripItems } from "./live-prices";
import type { LiveSocketListeners } from "./live-socket";
import { createLiveStore } from "./live-store";

const tick = (symbol: string, price: number): Tick => ({ symbol, price, previousClose: null, volume: 0, time: 0, basis: "simulated" });
const frame = (change: Partial<Frame>): Frame => ({ channel: "prices", seq: 1, sentAt: 0, ticks: [], updates: [], ...change });

const item: StripItem = {
  id: "btc", label: "BTC", kind: "price", symbol: "BTC-USD", value: 10, change: null, points: [],
  provenance: { basis: "recorded", provider: "p", asOf: "2026-08-21", reference: null, formula: null, n: null, rSquared: null, stdError: null },
};

function Price({ symbol, onRender }: { symbol: string; onRender?: () => void }) {
  const price = useLivePrice(symbol);
  useEffect(() => onRender?.());
  return <output id={symbol}>{price?.price ?? "none"}</output>;
}

function Strip() {
  const [shown] = useLiveStripItems([item]);
  return <output id="strip">{`${shown!.value} ${shown!.provenance.basis} ${shown!.provenance.asOf}`}</output>;
}

const quote: QuoteDto = { symbol: "A", price: 10, previousClose: 8, change: 0.25, time: "2026-08-21T00:00:00.000Z", currency: "USD", provenance: item.provenance };

function Quote() {
  const shown = useLiveQuote(quote)!;
  return <output id="quote">{`${shown.price} ${shown.change} ${shown.time} ${shown.provenance.basis} ${shown.provenance.provider}`}</output>;
}

const Connection = () => <output id="state">{useConnectionState().status}</output>;

describe("live hooks", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    document.body.replaceChildren();
  });

  function aPage() {
    const opened: LiveSocketListeners[] = [];
    const asked: string[] = [];
    const store = createLiveStore(async (listeners) => {
      opened.push(listeners);
      return { ask: async (event, { channel, symbols }) => (asked.push([event, channel, ...(symbols ?? [])].join(" ")), { ok: true }), close: () => undefined };
    });
    const root = createRoot(document.body.appendChild(document.createElement("main")));
    const settle = () => act(() => vi.advanceTimersByTimeAsync(100));
    const show = async (page: React.ReactNode) => {
      await act(async () => root.render(<StrictMode><LiveStoreContext value={store}>{page}</LiveStoreContext></StrictMode>));
      await settle();
    };
    const wire = async (say: (listeners: LiveSocketListeners) => void) => {
      await act(async () => say(opened[0]!));
      await settle();
    };
    const text = (id: string) => document.getElementById(id)?.textContent;
    return { show, wire, text, asked, opened };
  }

  it("shows ticks in strict mode over one socket with one subscription, and renders only who is concerned", async () => {
    const { show, wire, text, asked, opened } = aPage();
    const renders = vi.fn();
    await show(<><Price symbol="A" /><Price symbol="B" onRender={renders} /></>);
    await wire((server) => server.connected());
    expect(opened).toHaveLength(1);
    expect(asked).toEqual(["subscribe prices A B"]);
    expect(text("A")).toBe("none");
    await wire((server) => server.frame("snapshot", frame({ ticks: [tick("A", 1), tick("B", 2)] })));
    expect([text("A"), text("B")]).toEqual(["1", "2"]);
    renders.mockClear();
    await wire((server) => server.frame("delta", frame({ seq: 2, ticks: [tick("A", 3)] })));
    expect(text("A")).toBe("3");
    expect(renders).not.toHaveBeenCalled();
    await show(<Price symbol="B" />);
    expect(asked.at(-1)).toBe("unsubscribe prices A");
  });

  it("lays live levels over the strip with their own basis and time", async () => {
    const { show, wire, text } = aPage();
    await show(<><Strip /><Connection /></>);
    expect(text("strip")).toBe("10 recorded 2026-08-21");
    expect(text("state")).toBe("connecting");
    await wire((server) => server.connected());
    await wire((server) => server.frame("snapshot", frame({ channel: "market-updates", updates: [{ id: "btc", value: 11, change: 0.1, time: 0, basis: "simulated" }] })));
    expect(text("strip")).toBe("11 simulated 1970-01-01T00:00:00.000Z");
    expect(text("state")).toBe("live");
    await wire((server) => server.lost());
    expect(text("state")).toBe("stale");
  });

  it("never names the vendor of recorded prices for a simulated tick, and leaves a standing quote as it is", async () => {
    const { show, wire, text } = aPage();
    await show(<Quote />);
    await wire((server) => server.connected());
    await wire((server) => server.frame("snapshot", frame({ ticks: [{ ...tick("A", 10), previousClose: 8, basis: "recorded" }] })));
    expect(text("quote")).toBe("10 0.25 2026-08-21T00:00:00.000Z recorded p");
    await wire((server) => server.frame("delta", frame({ seq: 2, ticks: [{ ...tick("A", 11), previousClose: 10 }] })));
    expect(text("quote")).toBe(`11 ${11 / 10 - 1} 1970-01-01T00:00:00.000Z simulated simulator`);
  });

  it("renders on the server without a socket", () => {
    expect(renderToString(<><Price symbol="A" /><Connection /></>)).toContain("none");
  });
});
