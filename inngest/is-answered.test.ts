import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { isAnswered } from "./is-answered";

describe("isAnswered", () => {
  it("takes an answer, also one that knows nothing, for a vendor that is there", async () => {
    expect(await isAnswered(Promise.resolve({ received: 0 }))).toBe(true);
    expect(await isAnswered(Promise.reject(new AppError("NOT_FOUND", "No such symbol", {})))).toBe(true);
    expect(await isAnswered(Promise.reject(new AppError("UPSTREAM_INVALID", "Another shape", {})))).toBe(true);
  });

  it("tells that nobody answers, and passes a fault of ours on", async () => {
    expect(await isAnswered(Promise.reject(new AppError("UPSTREAM_UNAVAILABLE", "Away", {})))).toBe(false);
    expect(await isAnswered(Promise.reject(new AppError("RATE_LIMITED", "Later", {})))).toBe(false);
    await expect(isAnswered(Promise.reject(new Error("a bug")))).rejects.toThrow("a bug");
  });
});
