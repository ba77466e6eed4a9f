// @vitest-environment happy-dom
import { NextIntlClientProvider } from "next-intl";
import { renderToString } from "react-dom/server";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { LiveBadge } from "./live-badge";
import { LiveStoreContext } from "./live-prices";
import type { ConnectionState, LiveStore } from "./live-store";
import en from "./messages/en/live.json";
import ko from "./messages/ko/live.json";

const storeIn = (state: ConnectionState): LiveStore => ({
  watchPrice: () => () => () => undefined,
  price: () => null,
  watchUpdates: () => () => () => undefined,
  updates: () => new Map(),
  watchInbox: () => () => () => undefined, inbox: () => null, watchAlerts: () => () => () => undefined, alerts: () => null, watchState: () => () => undefined,
  state: () => state,
});

const page = (state: ConnectionState, locale: "en" | "ko" = "en") => (
  <NextIntlClientProvider locale={locale} messages={{ live: locale === "en" ? en : ko }} timeZone="UTC">
    <LiveStoreContext value={storeIn(state)}>
      <LiveBadge />
    </LiveStoreContext>
  </NextIntlClientProvider>
);

describe("live badge", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    document.body.replaceChildren();
  });

  it.each<[state: ConnectionState, locale: "en" | "ko", text: string]>([
    [{ status: "live", ageMs: null }, "en", "Live"],
    [{ status: "stale", ageMs: 35_400 }, "en", "Reconnecting to live priceslast heard 35 s ago"],
    [{ status: "offline", ageMs: 300_000 }, "ko", "실시간 시세에 연결할 수 없음마지막 수신 5분 전"],
    [{ status: "offline", ageMs: null }, "en", "Live prices cannot be reached"],
  ])("says %o in %s", async (state, locale, text) => {
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    const root = createRoot(document.body.appendChild(document.createElement("main")));
    await act(async () => root.render(page(state, locale)));
    expect(document.body.textContent).toBe(text);
  });

  it("claims nothing before the page runs", () => {
    expect(renderToString(page({ status: "live", ageMs: null }))).toContain("Connecting");
  });
});
