import { describe, expect, it } from "vitest";
import { boundedBody } from "./bounded-body";

const post = (body: BodyInit, headers: Record<string, string> = {}) => new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
const parts = (count: number, bytes: number) => {
  let sent = 0;
  return new ReadableStream({ pull: (controller) => (sent++ < count ? controller.enqueue(new Uint8Array(bytes).fill(120)) : controller.close()) });
};

describe("boundedBody", () => {
  it("reads a body up to and with its limit", async () => {
    expect(await boundedBody(post("ü".repeat(4)), { atMostBytes: 8 })).toEqual({ text: "üüüü" });
    expect(await boundedBody(new Request("http://localhost/"))).toEqual({ text: "" });
  });

  it("refuses a longer one by its header, and by what arrives when it has none", async () => {
    const refused = { fault: { status: 413, code: "PAYLOAD_TOO_LARGE", message: "A body has at most 256 kB" } };
    expect(await boundedBody(post("{}", { "content-length": "5000000" }))).toEqual(refused);
    expect(await boundedBody(post(parts(300, 1_000)))).toEqual(refused);
    expect(await boundedBody(post(parts(100, 1_000)))).toMatchObject({ text: expect.stringMatching(/^x{100000}$/) });
  });

  it("gives up on one that does not end", async () => {
    const endless = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([123])) });
    expect(await boundedBody(post(endless), { withinMs: 20 })).toMatchObject({ fault: { status: 408, code: "TIMEOUT" } });
  });
});
