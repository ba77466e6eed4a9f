import { describe, expect, it } from "vitest";
import { lockedDocument } from "./mail-preview";

describe("lockedDocument", () => {
  it("puts its policy before all that the mail holds, so that nothing of it loads first", () => {
    const document = lockedDocument('<img src="https://tracker.example/x.png">');
    expect(document.indexOf("default-src 'none'")).toBeGreaterThan(0);
    expect(document.indexOf("default-src 'none'")).toBeLessThan(document.indexOf("<img"));
    expect(document).toContain('<base target="_blank">');
  });
});
