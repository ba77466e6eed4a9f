import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { toWireError } from "./procedures";

const fault = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error!;

describe("toWireError", () => {
  it("names the field of an input that is not valid", () => {
    const cause = fault(z.object({ limit: z.number() }), { limit: "x" });
    expect(toWireError(new TRPCError({ code: "BAD_REQUEST", cause }), "r1")).toMatchObject({ code: "INVALID_INPUT", details: { field: "limit" }, requestId: "r1" });
  });

  it("tells what kind of body is wanted, as the public API does", () => {
    expect(toWireError(new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message: "Unsupported content-type" }), "r3")).toMatchObject({ code: "UNSUPPORTED_MEDIA_TYPE", details: { field: "Content-Type" } });
  });

  it("says nothing of the inside when our own answer breaks its contract, nor of any other fault of ours", () => {
    const cause = fault(z.object({ secretColumn: z.number() }), {});
    for (const error of [new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }), new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: 'relation "user_account" does not exist' })]) {
      expect(toWireError(error, "r2")).toEqual({ code: "INTERNAL", message: "Something went wrong", details: {}, requestId: "r2" });
    }
  });
});
