import { NonRetriableError } from "inngest";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/domain/app-error";
import { orStopRetrying } from "./or-stop-retrying";

describe("orStopRetrying", () => {
  it("hands the result through", async () => {
    await expect(orStopRetrying(Promise.resolve(3))).resolves.toBe(3);
  });

  it("ends the retries of what cannot succeed later, and says why", async () => {
    const cause = new AppError("NOT_FOUND", "No such mail");
    const error: unknown = await orStopRetrying(Promise.reject(cause)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NonRetriableError);
    expect(error).toMatchObject({ message: "NOT_FOUND: No such mail", cause });
  });

  it("lets what may succeed later, and bugs, be tried again", async () => {
    for (const error of [new AppError("UPSTREAM_UNAVAILABLE", "away"), new TypeError("bug")]) {
      await expect(orStopRetrying(Promise.reject(error))).rejects.toBe(error);
    }
  });
});
