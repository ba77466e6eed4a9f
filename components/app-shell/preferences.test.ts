import { describe, expect, it } from "vitest";
import { localeOf, railOf, themeOf, timeZoneOf, upDownOf } from "./preferences";

describe("preferences", () => {
  it("takes a known choice and falls back from an unknown one", () => {
    expect(themeOf("light")).toBe("light");
    expect(themeOf("<script>")).toBe("system");
    expect(upDownOf("kr")).toBe("kr");
    expect(upDownOf(undefined)).toBe("us");
    expect(railOf("icons")).toBe("icons");
    expect(railOf("narrow")).toBe("labels");
  });

  it("prefers the chosen language, then the best accepted one we have", () => {
    expect(localeOf("ko", "en-US,en;q=0.9")).toBe("ko");
    expect(localeOf(undefined, "fr;q=0.9,ko-KR;q=0.8,en;q=0.5")).toBe("ko");
    expect(localeOf(undefined, "ko;q=0,en")).toBe("en");
    expect(localeOf("xx", null)).toBe("en");
  });

  it("reads the browser's zone and treats nonsense as UTC", () => {
    expect(timeZoneOf("Asia%2FSeoul")).toBe("Asia/Seoul");
    expect(timeZoneOf("Mars/Olympus")).toBe("UTC");
    expect(timeZoneOf("%E0%A4%A")).toBe("UTC");
  });
});
