import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { systemFetchDeps, type FetchDeps } from "@/server/platform/fetch-text";
import { startMisbehavingVendor, type MisbehavingVendor, type Misbehaviour, type SeenRequest, type VendorAnswer } from "./misbehaving-vendor";

export type VendorUnderTest = { url: string; deps: FetchDeps };

type Contract = {
  /** A good answer in the recorded shape, to each request. */
  answer: VendorAnswer | ((request: SeenRequest) => VendorAnswer);
  /** Builds the adapter anew on this address and calls the capability once. */
  call(vendor: VendorUnderTest): Promise<unknown>;
  /** Checks what a good answer gives. */
  expectGood(result: unknown): void;
  /** Keys that `call` sends: none of them may stand in an error. */
  secrets: readonly string[];
  /** Answers with a field renamed, of another type, or gone: each has to throw UPSTREAM_INVALID. At least one. */
  drifted: Readonly<Record<string, VendorAnswer["body"]>>;
  /**
   * Answers of the right shape that are wrong: another currency, dates ahead of the clock, a page sent twice, another symbol. Each is either
   * refused by that code, or checked.
   */
  wrong?: Readonly<Record<string, { body: VendorAnswer["body"] | ((request: SeenRequest) => string); outcome: ErrorCode | ((result: unknown) => void) }>>;
  /** An answer without a row (a day without news); has to give what this checks. */
  empty?: { body: VendorAnswer["body"]; expectEmpty(result: unknown): void };
  /** Refusals of this vendor that are no fault of its: a symbol that it does not have. */
  refusals?: readonly { status: number; body: string; code: ErrorCode }[];
  /** For adapters whose library speaks with the vendor: it may not bound bodies or follow Retry-After. Say why in a comment where it is set. */
  ownTransport?: boolean;
};

const UPSTREAM: readonly ErrorCode[] = ["UPSTREAM_UNAVAILABLE", "UPSTREAM_INVALID", "RATE_LIMITED"];

/**
 * Registers the tests that every capability of every vendor has to pass: whatever the vendor does, the call ends in time, with an error of
 * ours that names the vendor and no key, and never with an empty or half result.
 */
export function itSurvivesAMisbehavingVendor(name: string, { answer, call, expectGood, secrets, drifted, wrong = {}, empty, refusals = [], ownTransport = false }: Contract): void {
  describe(`${name} and a misbehaving vendor`, () => {
    let vendor: MisbehavingVendor;
    const pauses: number[] = [];
    // Pauses between attempts pass at once, and attempts that hang are cut short.
    let ahead = 0;
    const sleep = async (ms: number) => {
      pauses.push(ms);
      ahead += ms;
    };
    const deps: FetchDeps = { ...systemFetchDeps, random: () => 0.5, now: () => new Date(Date.now() + ahead), sleep };
    const ask = (attemptMs = PATIENT_MS) => call({ url: vendor.url, deps: { ...deps, fetch: timedOutAfter(attemptMs) } });

    beforeAll(async () => void (vendor = await startMisbehavingVendor()));
    afterAll(() => vendor.close());
    beforeEach(() => {
      pauses.length = 0;
      ahead = 0;
      vendor.requests.length = 0;
      vendor.always({ kind: "none" });
      vendor.answers(answer);
    });

    const fails = async (behaviour: Misbehaviour): Promise<AppError> => {
      vendor.always(behaviour);
      const endless = behaviour.kind === "hang" || behaviour.kind === "drip" || behaviour.kind === "oversize";
      const error = await ask(endless ? SHORT_MS : PATIENT_MS).then((result) => expect.unreachable(`gave ${JSON.stringify(result)?.slice(0, 200)}`), (thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      const { code, message, details, stack } = error as AppError;
      const told = `${message} ${JSON.stringify(details)} ${stack}`;
      for (const secret of secrets) for (const spelling of [secret, encodeURIComponent(secret)]) expect(told).not.toContain(spelling);
      expect(UPSTREAM).toContain(code);
      expect(details.provider).toBeTypeOf("string");
      return error as AppError;
    };

    it("reads a good answer", async () => expectGood(await ask()));

    it("reads a good answer that comes slowly", async () => {
      vendor.always({ kind: "slow", ms: 40 });
      expectGood(await ask());
    });

    it("gives up on silence", async () => void expect((await fails({ kind: "hang" })).code).toBe("UPSTREAM_UNAVAILABLE"));

    it("gives up on an answer that trickles in byte by byte", async () => void expect((await fails({ kind: "drip", everyMs: 30 })).code).toBe("UPSTREAM_UNAVAILABLE"));

    it("says that it was told to slow down, and comes back when the vendor asked", async () => {
      expect((await fails({ kind: "status", status: 429, retryAfter: "3600" })).code).toBe("RATE_LIMITED");
      if (ownTransport) return;
      vendor.always({ kind: "none" });
      vendor.next({ kind: "status", status: 429, retryAfter: "2" });
      expectGood(await ask());
      expect(Math.max(...pauses)).toBeGreaterThanOrEqual(2_000);
    });

    it("asks again after a broken answer, and says so when it stays broken", async () => {
      for (const behaviour of [{ kind: "status", status: 500 }, { kind: "reset" }, { kind: "cut connection" }] as const) {
        expect((await fails(behaviour)).code).toBe("UPSTREAM_UNAVAILABLE");
        if (ownTransport) continue;
        vendor.always({ kind: "none" });
        vendor.next(behaviour);
        expectGood(await ask());
      }
    });

    it("takes a cut-off body for no answer", async () => void (await fails({ kind: "truncated" })));

    it("takes a web page for no answer, whatever its status, and repeats no key of it", async () => {
      for (const status of [200, 404, 503]) await fails({ kind: "html", status, body: `Sorry. You sent ${secrets.join(" ")}` });
    });

    it("does not follow to another host", async () => {
      const stranger = await startMisbehavingVendor();
      stranger.answers(answer);
      await fails({ kind: "redirect", to: `${stranger.url}/` });
      expect(stranger.requests).toHaveLength(0);
      await stranger.close();
    });

    if (!ownTransport) it("stops reading a body without end", async () => void (await fails({ kind: "oversize", bytes: 500_000_000 })));

    it("says that a refused key is refused, without the key", async () => {
      for (const status of [401, 403]) await fails({ kind: "status", status, body: JSON.stringify({ error: `bad key ${secrets.join(" ")}` }) });
    });

    it.each(Object.entries(drifted))("refuses another shape: %s", async (_, body) => {
      expect((await fails({ kind: "answer", answer: { ...plain(answer), body } })).code).toBe("UPSTREAM_INVALID");
    });

    for (const [what, { body, outcome }] of Object.entries(wrong)) {
      it(`sees what is wrong: ${what}`, async () => {
        vendor.answers((request) => ({ ...plain(answer, request), body: typeof body === "function" ? body(request) : body }));
        if (typeof outcome === "function") outcome(await ask());
        else await expect(ask()).rejects.toMatchObject({ code: outcome });
      });
    }

    if (empty) {
      it("tells an empty answer from a failed one", async () => {
        vendor.always({ kind: "answer", answer: { ...plain(answer), body: empty.body } });
        empty.expectEmpty(await ask());
      });
    }

    it.each(refusals)("takes a refusal ($status) for what it is: $code", async ({ status, body, code }) => {
      vendor.always({ kind: "status", status, body });
      await expect(ask()).rejects.toMatchObject({ code });
      expect(vendor.requests).toHaveLength(1);
    });

    it("does not mind a vendor whose clock is wrong by an hour", async () => {
      for (const ms of [-3_600_000, 3_600_000]) {
        vendor.always({ kind: "clock skew", ms });
        expectGood(await ask());
      }
    });
  });
}

const plain = (answer: Contract["answer"], request: SeenRequest = { method: "GET", url: "/", headers: {} }): VendorAnswer => (typeof answer === "function" ? answer(request) : answer);

/** The adapter's own time-outs are long; an attempt that never ends has this long, body and all, as if they had passed. */
const SHORT_MS = 100;
const PATIENT_MS = 10_000;

const timedOutAfter = (attemptMs: number): typeof fetch => (input, init = {}) => {
  const clock = AbortSignal.timeout(attemptMs);
  return fetch(input, { ...init, signal: init.signal ? AbortSignal.any([init.signal, clock]) : clock });
};
