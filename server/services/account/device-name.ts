import Bowser from "bowser";

export type DeviceKind = "desktop" | "mobile" | "tablet" | "unknown";

/** A program without a name that is known says itself what it is: "curl" of "curl/8.5.0". Letters, digits and dashes make no link of it. */
const PROGRAM = /^[A-Za-z][A-Za-z0-9-]{1,29}(?=\/|$)/;

/** "Firefox · Windows" out of a user agent; empty parts are left out, nothing known gives the program's own word or an empty name. */
export function deviceName(userAgent: string): { name: string; kind: DeviceKind } {
  if (userAgent === "") return { name: "", kind: "unknown" };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const kind = platform.type === "desktop" || platform.type === "mobile" || platform.type === "tablet" ? platform.type : "unknown";
  return { name: [browser.name, os.name].filter(Boolean).join(" · ") || (PROGRAM.exec(userAgent)?.[0] ?? ""), kind };
}
