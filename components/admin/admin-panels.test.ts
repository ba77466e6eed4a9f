import { describe, expect, it } from "vitest";
import { ADMIN_PANELS, panelsFor } from "./admin-panels";

describe("panelsFor", () => {
  it("opens all panels to admins with a second factor, the desk to moderators and none to anybody else", () => {
    expect(panelsFor({ role: "ADMIN", secondFactor: true })).toEqual(Object.keys(ADMIN_PANELS));
    expect(panelsFor({ role: "ADMIN", secondFactor: false })).toEqual([]);
    expect(panelsFor({ role: "MODERATOR", secondFactor: false })).toEqual(["overview", "connections", "moderation"]);
    expect(panelsFor({ role: "USER", secondFactor: true })).toEqual([]);
  });
});
