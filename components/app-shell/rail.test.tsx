// @vitest-environment happy-dom
import { NextIntlClientProvider } from "next-intl";
import { Tooltip } from "radix-ui";
import { act } from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import en from "./messages/en/shell.json";
import { NAV_ITEMS } from "./nav-items";
import type { Rail as RailLook } from "./preferences";
import { Rail } from "./rail";

vi.mock("next/navigation", () => ({ usePathname: () => "/scenarios", useRouter: () => ({ refresh: () => undefined }) }));

const page = (served: RailLook) => (
  <NextIntlClientProvider locale="en" messages={{ shell: en }} timeZone="UTC">
    <Tooltip.Provider>
      <Rail served={served} />
    </Tooltip.Provider>
  </NextIntlClientProvider>
);
const fold = () => [...document.querySelectorAll("button")].find(({ textContent }) => textContent === en.railLabels)!;
const hiddenNames = () => document.querySelectorAll("#rail-pages .sr-only").length;

describe("rail", () => {
  let root: Root | null = null;
  beforeEach(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));
  afterEach(async () => {
    await act(async () => root?.unmount());
    document.body.replaceChildren();
    delete document.documentElement.dataset.rail;
    document.cookie = "rail=; path=/; max-age=0";
    vi.unstubAllGlobals();
  });

  const open = async (served: RailLook) => {
    const holder = document.body.appendChild(document.createElement("div"));
    document.documentElement.dataset.rail = served;
    holder.innerHTML = renderToString(page(served));
    const problems: unknown[] = [];
    root = await act(async () => hydrateRoot(holder, page(served), { onRecoverableError: (error) => problems.push(error) }));
    expect(problems).toEqual([]);
  };

  it("is served as it was left, and hydrates without another picture", async () => {
    await open("icons");
    expect(fold().getAttribute("aria-expanded")).toBe("false");
    expect(hiddenNames()).toBe(NAV_ITEMS.length);
  });

  it("folds and unfolds, keeps that in the cookie and the focus on its button", async () => {
    await open("labels");
    expect(hiddenNames()).toBe(0);
    await act(async () => fold().focus());
    await act(async () => fold().click());
    await vi.waitFor(() => expect(fold().getAttribute("aria-expanded")).toBe("false"));
    expect(document.cookie).toContain("rail=icons");
    expect(hiddenNames()).toBe(NAV_ITEMS.length);
    expect(document.activeElement).toBe(fold());
    await act(async () => fold().click());
    await vi.waitFor(() => expect(fold().getAttribute("aria-expanded")).toBe("true"));
    expect(document.cookie).toContain("rail=labels");
  });
});
