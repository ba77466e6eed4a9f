import { describe, expect, it } from "vitest";
import { FIREFOX } from "@/server/testing/factories/account-factory";
import { deviceName } from "./device-name";

describe("deviceName", () => {
  it("names browsers by what is known of them, programs by their own word", () => {
    expect(deviceName(FIREFOX)).toEqual({ name: "Firefox · Windows", kind: "desktop" });
    expect(["curl/8.5.0", "python-requests/2.32", "node"].map((agent) => deviceName(agent).name)).toEqual(["curl", "python-requests", "node"]);
  });

  it("takes nothing for a name that a reader could take for an address or a sentence", () => {
    for (const agent of ["", "evil.example/1", "https://evil.example", "Your account is locked, call 555", "<b>x</b>", "x".repeat(40)]) expect(deviceName(agent)).toEqual({ name: "", kind: "unknown" });
  });
});
