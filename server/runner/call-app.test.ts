import { describe, expect, it } from "vitest";
import { readAnswer } from "./call-app";
import { bearerOf, sameSecret, signRequest } from "./signed-request";

const SDK = { "x-inngest-sdk": "inngest-js:v4.24.0" };
const answer = (status: number, body: unknown, headers: Record<string, string> = SDK) => readAnswer({ status, headers, text: typeof body === "string" ? body : JSON.stringify(body) });

describe("readAnswer", () => {
  it("takes nothing from what is not the app's handler", () => {
    expect(answer(200, "<html>", {})).toMatchObject({ kind: "refused" });
    expect(answer(502, "Bad gateway", {})).toMatchObject({ kind: "refused" });
    expect(answer(401, { message: "no" })).toMatchObject({ kind: "refused" });
  });

  it("unwraps a streamed answer behind its blanks, and refuses one that broke off", () => {
    const body = { status: 206, headers: { "x-inngest-no-retry": "true" }, body: JSON.stringify([{ op: "StepRun", id: "a", data: 1 }]) };
    expect(answer(201, `   \n ${JSON.stringify(body)}`)).toMatchObject({ kind: "ops", ops: [{ op: "StepRun", id: "a", data: 1 }], noRetry: true });
    expect(answer(201, `   ${JSON.stringify(body).slice(0, 40)}`)).toMatchObject({ kind: "refused" });
  });

  it("takes one step for a list of one", () => {
    expect(answer(206, { op: "Sleep", id: "s", name: "5s" })).toMatchObject({ kind: "ops", ops: [{ op: "Sleep", name: "5s" }], retryAfter: null });
    expect(answer(206, "nothing")).toMatchObject({ kind: "failed", error: { name: "ProtocolError" } });
  });

  it("reads errors with when, and whether, to try again", () => {
    expect(answer(500, { name: "TypeError", message: "no", stack: "at x" }, { ...SDK, "retry-after": "9" })).toEqual({ kind: "failed", error: { name: "TypeError", message: "no", stack: "at x" }, noRetry: false, retryAfter: "9" });
    expect(answer(400, "text", { ...SDK, "x-inngest-no-retry": "true" })).toMatchObject({ kind: "failed", error: { name: "Error", message: "text" }, noRetry: true });
  });

  it("takes the result as it is", () => {
    expect(["null", '"text"', "", '{"a":1}'].map((text) => answer(200, text))).toEqual([null, "text", null, { a: 1 }].map((output) => ({ kind: "completed", output })));
  });
});

describe("signatures", () => {
  const key = `signkey-test-${"ab".repeat(32)}`;

  it("sign the body with sorted keys and the second it was made in", () => {
    // HMAC-SHA256 of `{"a":2,"b":1}1700000000`, computed apart with Python's hmac.
    const { body, headers } = signRequest({ b: 1, a: 2 }, key, new Date(1_700_000_000_999));
    expect(body).toBe('{"a":2,"b":1}');
    expect(headers["x-inngest-signature"]).toBe("t=1700000000&s=2b5fe76b9ebcc91a552dcc4fbe001a6284aca8b0fb666f66e4166f05a315b1cd");
    expect(headers["x-inngest-server-kind"]).toBe("cloud");
    expect(signRequest({}, null, new Date(0)).headers).toEqual({ "content-type": "application/json", "x-inngest-server-kind": "dev" });
  });

  it("hash the key that callers show", () => {
    expect(bearerOf(key)).toBe("signkey-test-9a2db2e23f1504cd056606553ac049c5e718e8f9ce9233876df1a7a1821af885");
    expect([sameSecret("a", "a"), sameSecret("a", "b"), sameSecret("a", "aa")]).toEqual([true, false, false]);
  });
});
