import { TRPCClientError, createTRPCClient, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { describe, expect, it, vi } from "vitest";
import type { AppRouter } from "@/server/api/app-router";
import { renewingLink } from "./renewing-link";

const refused = (reason: string) =>
  TRPCClientError.from<AppRouter>({ error: { message: reason, code: -32001, data: { code: "UNAUTHORIZED", httpStatus: 401, path: "account.getMe", error: { code: "UNAUTHENTICATED", message: reason, details: { reason }, requestId: "" } } } });

/** A server that gives these answers in turn. */
function server(...answers: (TRPCClientError<AppRouter> | null)[]) {
  let asked = 0;
  const link: TRPCLink<AppRouter> = () => () =>
    observable((observer) => {
      const answer = answers[asked++];
      if (answer) return void observer.error(answer);
      observer.next({ result: { type: "data", data: null } });
      observer.complete();
    });
  return { link, asked: () => asked };
}

describe("renewingLink", () => {
  it("renews a session that ran out and sends the call once more", async () => {
    const renew = vi.fn(async () => undefined);
    const { link, asked } = server(refused("SESSION_STALE"), null);
    expect(await createTRPCClient<AppRouter>({ links: [renewingLink(renew), link] }).account.getMe.query()).toBeNull();
    expect([renew.mock.calls.length, asked()]).toEqual([1, 2]);
  });

  it("gives up after one renewal, and renews for nothing else", async () => {
    for (const [answers, renewals] of [[[refused("SESSION_STALE"), refused("SESSION_STALE")], 1], [[refused("UNAUTHENTICATED")], 0]] as const) {
      const renew = vi.fn(async () => undefined);
      const { link } = server(...answers);
      await expect(createTRPCClient<AppRouter>({ links: [renewingLink(renew), link] }).account.getMe.query()).rejects.toThrow();
      expect(renew).toHaveBeenCalledTimes(renewals);
    }
  });
});
