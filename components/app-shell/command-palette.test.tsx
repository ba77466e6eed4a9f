// @vitest-environment happy-dom
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CommandPalette } from "./command-palette";

vi.mock("next/navigation", () => ({ usePathname: () => "/circuit", useRouter: () => ({ push: () => undefined }) }));
vi.mock("./command-palette-dialog", () => ({ CommandPaletteDialog: () => <p id="palette" /> }));

/** The test's document has no layout: a field says itself whether it can be seen. */
function Field({ id, seen }: { id: string; seen: boolean }) {
  return <input id={id} data-page-search="" ref={(field) => { if (field) field.checkVisibility = () => seen; }} />;
}

describe("the key / ", () => {
  let root: Root;
  beforeEach(() => {
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    root = createRoot(document.body.appendChild(document.createElement("div")));
  });
  afterEach(async () => {
    await act(async () => root.unmount());
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  });

  const press = async (fields: readonly boolean[]) => {
    await act(async () => root.render(<CommandPalette>{fields.map((seen, index) => <Field key={index} id={`field-${index}`} seen={seen} />)}</CommandPalette>));
    await act(async () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "/", cancelable: true })));
  };

  it("goes to the first search field that can be seen", async () => {
    await press([false, true, true]);
    expect(document.activeElement?.id).toBe("field-1");
    expect(document.querySelector("#palette")).toBeNull();
  });

  it("opens the palette when every field is hidden", async () => {
    await press([false]);
    await vi.waitFor(() => expect(document.querySelector("#palette")).not.toBeNull());
  });
});
