import Bowser from "bowser";

export type DeviceKind = "desktop" | "mobile" | "tablet" | "unknown";

/** "Firefox · Windows" out of a user agent; empty parts are left out, nothing known gives an empty name. */
export function deviceName(userAgent: string): { name: string; kind: DeviceKind } {
  if (userAgent === "") return { name: "", kind: "unknown" };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const kind = platform.type === "desktop" || platform.type === "mobile" || platform.type === "tablet" ? platform.type : "unknown";
  return { name: [browser.name, os.name].filter(Boolean).join(" · "), kind };
}
