import { describe, expect, it } from "vitest";
import { APPEARANCE_SCRIPT } from "./appearance-script";

function appearanceWith(cookie: string): Record<string, string> {
  const dataset: Record<string, string> = { theme: "system", updown: "us" };
  new Function("document", APPEARANCE_SCRIPT)({ cookie, documentElement: { dataset } });
  return dataset;
}

describe("APPEARANCE_SCRIPT", () => {
  it("puts the chosen theme and colour convention on the document", () => {
    expect(appearanceWith("tz=UTC; theme=dark; updown=kr")).toEqual({ theme: "dark", updown: "kr" });
    expect(appearanceWith("theme=light")).toEqual({ theme: "light", updown: "us" });
  });

  it("leaves what was sent when nothing, or nonsense, was chosen", () => {
    for (const cookie of ["", "my-theme=dark", "theme=<b>", "theme=purple; updown=xx"]) expect(appearanceWith(cookie)).toEqual({ theme: "system", updown: "us" });
  });
});
