import { describe, expect, it } from "vitest";
import { asOfText, dateText, instantText } from "./date-text";

describe("date texts", () => {
  it("writes a calendar day as it stands, in any zone", () => {
    expect(dateText("en", "2026-09-30")).toBe("Sep 30, 2026");
    expect(dateText("ko", "2026-09-30")).toBe("2026. 9. 30.");
    expect(asOfText("en", "Pacific/Kiritimati", "2026-09-30")).toBe("Sep 30, 2026");
  });

  it("writes an instant in the reader's zone", () => {
    expect(instantText("en", "America/New_York", "2026-11-20T20:59:00Z").replace(/\s/g, " ")).toBe("Nov 20, 2026, 3:59 PM");
    expect(instantText("ko", "Asia/Seoul", "2026-11-20T20:59:00Z")).toBe("2026. 11. 21. 05:59");
  });

  it("gives back what is no date", () => {
    expect(dateText("en", "soon")).toBe("soon");
    expect(instantText("en", "UTC", "soon")).toBe("soon");
  });
});
