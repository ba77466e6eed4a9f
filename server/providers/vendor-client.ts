import type { z } from "zod";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { admitCall, CLOSED_BREAKER, DEFAULT_BREAKER_RULE, settleCall, type BreakerRule, type BreakerState, type CallOutcome } from "@/server/domain/ingestion/circuit-breaker";
import { parseFetchedCsv, withCsv, type CsvOptions } from "@/server/platform/fetch-csv";
import { parseFetchedJson, parseVendorShape, withJson } from "@/server/platform/fetch-json";
import { fetchText, type FetchDeps, type FetchedText, type FetchOptions } from "@/server/platform/fetch-text";
import { parseFetchedXml, withXml, type XmlReader } from "@/server/platform/fetch-xml";
import type { Log } from "@/server/platform/log";
import { publicUrl, redactor } from "@/server/platform/redaction";
import type { CallOptions, CapabilityName, CapabilityStatus, VendorId, VendorProvenance } from "./capabilities";
import type { VendorBudget } from "./vendor-budget";

/** What one call may set besides; the rest is the vendor's. */
export type HttpOptions = Pick<FetchOptions, "headers" | "attemptMs" | "retries" | "maxBytes" | "contentTypes" | "redirectHosts" | "meaningOf">;
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What the work of an adapter reaches its vendor by. Each attempt takes a call of the budget; every error is typed and without keys. */
export type VendorHttp = {
  signal: AbortSignal | undefined;
  now: () => Date;
  /** An address below one of the vendor's bases; parameters that are undefined are left out. */
  url(base: string, path: string, query?: Query): URL;
  text(url: URL, options?: HttpOptions): Promise<FetchedText>;
  json<S extends z.ZodType>(url: URL, schema: S, options?: HttpOptions): Promise<z.infer<S>>;
  csv<S extends z.ZodType>(url: URL, row: S, options?: HttpOptions & CsvOptions): Promise<z.infer<S>[]>;
  xml<S extends z.ZodType>(url: URL, read: XmlReader, schema: S, options?: HttpOptions): Promise<z.infer<S>>;
  /** For libraries that speak with the vendor themselves: one call of the budget, a time-out, and whatever it throws made one of our errors. Give the library `fetch` and the signal. */
  library<T>(work: (signal: AbortSignal) => Promise<T>, options?: { attemptMs?: number; meaningOf?: (error: Error) => ErrorCode | null }): Promise<T>;
  /** A bare fetch for libraries inside `library`: goes to the vendor's stand-in in tests, and bounds nothing. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /** Holds what a library returned to a schema. */
  shape<S extends z.ZodType>(value: unknown, schema: S): z.infer<S>;
  /** `asOf` is what the vendor says the figure is of; without it, now. Keys are taken out of the address. */
  provenance(from?: { asOf?: string; url?: URL; accession?: string }): VendorProvenance;
  /** An error of what the vendor sent: `throw http.invalid("currency", "…")`. */
  invalid(reason: string, message: string): AppError;
  /** Tells of a part that failed while the rest goes on: it is logged and shown, and the breaker does not count it. */
  partial(error: unknown): void;
};

export type VendorClient = {
  id: VendorId;
  /** For what is opened outside of a call: streams. */
  url: VendorHttp["url"];
  deps: FetchDeps;
  /** Runs one capability's work behind its breaker. What the mapping throws counts too: wrap the whole of a capability in it. */
  run<T>(capability: CapabilityName, options: CallOptions | undefined, work: (http: VendorHttp) => Promise<T>): Promise<T>;
  health(capability: CapabilityName): Pick<CapabilityStatus, "breaker" | "probeAt" | "lastSuccessAt" | "lastError" | "calls" | "failures">;
};

export type VendorClientInput = {
  id: VendorId;
  /** By name: `{ api: "https://api.example.com" }`. */
  bases: Readonly<Record<string, string>>;
  /** Taken in place of the origin of every base, in tests. */
  baseOverride?: string;
  secrets: readonly string[];
  budget: VendorBudget;
  log: Pick<Log, "warn">;
  deps: FetchDeps;
  breaker?: BreakerRule;
  defaults?: HttpOptions;
};

const LIBRARY_MS = 15_000;

type Health = { state: BreakerState; calls: number; failures: number; lastSuccessAt: string | null; lastError: CapabilityStatus["lastError"] };

/** One vendor as its adapter sees it: budget, breaker by capability, time-outs, retries and redaction in one. */
export function createVendorClient(input: VendorClientInput): VendorClient {
  const { id, secrets, budget, log, deps, breaker: rule = DEFAULT_BREAKER_RULE } = input;
  const redact = redactor(secrets);
  const healths = new Map<CapabilityName, Health>();
  const healthOf = (capability: CapabilityName): Health => {
    const health = healths.get(capability) ?? { state: CLOSED_BREAKER, calls: 0, failures: 0, lastSuccessAt: null, lastError: null };
    healths.set(capability, health);
    return health;
  };

  return {
    id,
    url: (base, path, query) => vendorUrl(input, base, path, query),
    deps,
    async run(capability, options, work) {
      options?.signal?.throwIfAborted();
      const health = healthOf(capability);
      const admission = admitCall(health.state, rule, deps.now().getTime());
      health.state = admission.state;
      if (!admission.admitted) {
        throw new AppError("UPSTREAM_UNAVAILABLE", `${id}: is left alone for now, after failures`, { provider: id, capability, reason: "breaker-open", retryAfterMs: Math.ceil(admission.retryInMs) });
      }
      const tell = (error: unknown, event: string, breaker?: BreakerState["phase"]): void => {
        const code = error instanceof AppError ? error.code : "BUG";
        const message = redact(error instanceof Error ? error.message : String(error)).slice(0, 300);
        health.lastError = { at: deps.now().toISOString(), code, message };
        log.warn({ event, provider: id, capability, code, message, ...(breaker !== undefined && { breaker }) });
      };
      const settle = (outcome: CallOutcome) => (health.state = settleCall(health.state, rule, { outcome, generation: admission.generation, nowMs: deps.now().getTime() }));
      health.calls += 1;
      try {
        const result = await work({ ...createHttp(input, redact, options), partial: (error) => tell(error, "vendor failed in part") });
        settle("success");
        health.lastSuccessAt = deps.now().toISOString();
        return result;
      } catch (error) {
        const outcome = outcomeOf(error, options?.signal);
        const before = health.state.phase;
        settle(outcome);
        if (outcome === "failure") {
          health.failures += 1;
          tell(error, "vendor failed", before !== health.state.phase ? health.state.phase : undefined);
        }
        throw error;
      }
    },
    health(capability) {
      const { state, calls, failures, lastSuccessAt, lastError } = healthOf(capability);
      const probeAt = state.phase === "open" && state.openedAtMs !== null ? new Date(state.openedAtMs + state.openForMs).toISOString() : null;
      return { breaker: state.phase, probeAt, lastSuccessAt, lastError, calls, failures };
    },
  };

  /** A vendor that says "no such symbol" is well; one that we did not call, or whose caller left, told nothing. */
  function outcomeOf(error: unknown, signal: AbortSignal | undefined): CallOutcome {
    if (signal?.aborted) return "neutral";
    if (!(error instanceof AppError)) return "failure";
    if (error.details.reason === "own-budget") return "neutral";
    return isVendorsFault(error) ? "failure" : "success";
  }

  function createHttp({ baseOverride, defaults }: VendorClientInput, redactText: (text: string) => string, callOptions: CallOptions | undefined): Omit<VendorHttp, "partial"> {
    const { signal, withinMs } = callOptions ?? {};
    const endsAt = withinMs === undefined ? null : deps.now().getTime() + withinMs;
    const options = (more?: HttpOptions): FetchOptions => {
      const left = endsAt === null ? undefined : endsAt - deps.now().getTime();
      if (left !== undefined && left <= 0) throw new AppError("UPSTREAM_UNAVAILABLE", `${id}: took too long`, { provider: id, reason: "time-out" });
      return {
        ...defaults, ...more, headers: { ...defaults?.headers, ...more?.headers }, provider: id, secrets, signal, deps,
        ...(left !== undefined && { withinMs: left }),
        beforeAttempt: () => budget.acquire(signal),
        // A busy vendor without a wish is left to the pauses between attempts.
        onBusy: (askedMs) => askedMs !== null && budget.pause(askedMs),
      };
    };
    return {
      signal,
      now: deps.now,
      url: (base, path, query) => vendorUrl(input, base, path, query),
      text: (url, more) => fetchText(url, options(more)),
      async json(url, schema, more) {
        const asked = withJson(options(more));
        return parseFetchedJson(await fetchText(url, asked), schema, asked);
      },
      async csv(url, row, { openEnd, ...more } = {}) {
        const asked = withCsv(options(more));
        return parseFetchedCsv(await fetchText(url, asked), row, { ...asked, openEnd });
      },
      async xml(url, read, schema, more) {
        const asked = withXml(options(more));
        return parseFetchedXml(await fetchText(url, asked), read, schema, asked);
      },
      async library(work, { attemptMs = LIBRARY_MS, meaningOf } = {}) {
        const release = await budget.acquire(signal);
        const clock = new AbortController();
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<never>((_, reject) => {
          timer = setTimeout(() => {
            reject(new AppError("UPSTREAM_UNAVAILABLE", `${id}: did not answer in time`, { provider: id, reason: "time-out" }));
            clock.abort();
          }, attemptMs);
        });
        try {
          return await Promise.race([work(signal ? AbortSignal.any([signal, clock.signal]) : clock.signal), late]);
        } catch (error) {
          signal?.throwIfAborted();
          if (error instanceof AppError) throw error;
          const failure = error instanceof Error ? error : new Error(String(error));
          throw new AppError(meaningOf?.(failure) ?? "UPSTREAM_UNAVAILABLE", `${id}: ${redactText(failure.message).slice(0, 200)}`, { provider: id, reason: "library" });
        } finally {
          clearTimeout(timer);
          release();
        }
      },
      fetch: (url, init) => deps.fetch(atOrigin(new URL(url), baseOverride), init),
      shape: (value, schema) => parseVendorShape(value, schema, { provider: id, secrets }),
      provenance: ({ asOf, url, accession } = {}) => ({ provider: id, asOf: asOf ?? deps.now().toISOString(), url: url ? publicUrl(url, redactText) : null, accession: accession ?? null }),
      invalid: (reason, message) => new AppError("UPSTREAM_INVALID", redactText(`${id}: ${message}`), { provider: id, reason }),
    };
  }
}

function vendorUrl({ id, bases, baseOverride }: VendorClientInput, base: string, path: string, query: Query = {}): URL {
  const root = bases[base];
  if (root === undefined) throw new Error(`${id} has no base ${base}`);
  const url = atOrigin(new URL(root.replace(/\/$/, "") + path), baseOverride);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

/** The same address at the vendor's stand-in, where there is one; a socket stays one. */
function atOrigin(url: URL, origin: string | undefined): URL {
  if (origin === undefined) return url;
  const moved = new URL(url.pathname + url.search, origin);
  if (url.protocol === "wss:") moved.protocol = "ws:";
  return moved;
}

/** Whether the vendor was at fault, or too busy: only then another one is asked. */
export const isVendorsFault = (error: unknown): error is AppError => error instanceof AppError && (error.code === "UPSTREAM_UNAVAILABLE" || error.code === "UPSTREAM_INVALID" || error.code === "RATE_LIMITED");
