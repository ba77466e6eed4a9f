import { setTimeout as wait } from "node:timers/promises";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import { isRetryable, retryAfterMs, attemptPauseMs } from "@/server/domain/ingestion/attempt-pause";
import { publicUrl, redactor } from "./redaction";

/** What a call needs from outside; tests give their own. */
export type FetchDeps = {
  fetch: typeof fetch;
  now: () => Date;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  random: () => number;
};

export const systemFetchDeps: FetchDeps = {
  fetch: (...args) => fetch(...args),
  now: () => new Date(),
  sleep: async (ms, signal) => void (await wait(ms, undefined, { signal })),
  random: Math.random,
};

export type FetchOptions = {
  provider: string;
  /** Keys that must never stand in an error, wherever they were sent. */
  secrets?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  /** One attempt, from the connection to the last byte. */
  attemptMs?: number;
  /** All attempts and the pauses between them. */
  withinMs?: number;
  /** Attempts after the first. */
  retries?: number;
  /** Of the body as it is after unpacking. */
  maxBytes?: number;
  /** Content types that are no mistake; others are a page of somebody else: a maintenance note, a sign-in, a proxy. */
  contentTypes?: RegExp;
  /** Hosts besides the asked one to which a redirect may lead. No key travels there. */
  redirectHosts?: readonly string[];
  signal?: AbortSignal;
  /** Asked before each attempt: waits for the vendor's rate budget, or refuses. What it returns is called when the attempt has ended, perhaps twice. */
  beforeAttempt?: () => Promise<() => void>;
  /** Told of each answer that asks to be left alone. */
  onBusy?: (askedMs: number | null) => void;
  /** What a refusal means with this vendor (400 for a series that does not exist); null for the usual meaning. */
  meaningOf?: (status: number, body: string) => ErrorCode | null;
  deps?: FetchDeps;
};

export type FetchedText = {
  text: string;
  status: number;
  contentType: string;
  /** Without keys: may be shown and stored. */
  url: string;
  receivedAt: Date;
  /** The vendor's own clock, where it tells it. */
  vendorTime: Date | null;
  /** What to send in If-None-Match and If-Modified-Since the next time. A call with one of them may be answered by a 304 without text. */
  validators: { etag: string | null; lastModified: string | null };
};

const DEFAULTS = { attemptMs: 10_000, withinMs: 30_000, retries: 2, maxBytes: 8 * 1024 * 1024 };
const BACK_OFF = { baseMs: 250, capMs: 8_000 };
const EXCERPT = 160;
const MOST_REDIRECTS = 3;
/** Some vendors answer a client without a name with 403. */
const USER_AGENT = "Nexus-Alpha/1.0";
const HTML = /^\s*(<!doctype html|<html|<head|<body)/i;

/** One attempt that failed, and whether another may help. */
class Attempt extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly more: { status?: number; excerpt?: string; reason?: string; retryable?: boolean; askedMs?: number | null } = {},
  ) {
    super(message);
  }
}

/**
 * Gets an address of a vendor as text. The body counts towards the time-out and its size is bounded, also unpacked; busy and broken answers
 * are asked for again with full jitter and as late as `Retry-After` says; redirects stay on the host.
 *
 * @throws AppError UPSTREAM_UNAVAILABLE, UPSTREAM_INVALID or RATE_LIMITED with `provider`, `status`, `attempt`, and whatever code `meaningOf`
 * gives; no message or detail of it carries a key. The caller's abort is passed on as it is.
 */
export async function fetchText(url: URL, options: FetchOptions): Promise<FetchedText> {
  const { provider, signal, retries = DEFAULTS.retries, withinMs = DEFAULTS.withinMs, deps = systemFetchDeps } = options;
  const redact = redactor([...(options.secrets ?? []), url.username, url.password]);
  let endsAt = deps.now().getTime() + withinMs;
  const left = () => endsAt - deps.now().getTime();

  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const askedAt = deps.now().getTime();
    const release = await options.beforeAttempt?.();
    // Waiting for our own budget is no fault of the vendor and costs it no time.
    endsAt += Math.max(0, deps.now().getTime() - askedAt);
    try {
      return await once(url, options, redact, Math.max(1, left()));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Attempt)) throw error;
      const { status, excerpt, reason, retryable = false, askedMs = null } = error.more;
      if (status === 429 || askedMs !== null) options.onBusy?.(askedMs);
      const pauseMs = attemptPauseMs({ attempt, random: deps.random(), askedMs, ...BACK_OFF });
      if (!retryable || attempt > retries || pauseMs >= left()) {
        throw new AppError(error.code, redact(`${provider}: ${error.message}`), {
          provider,
          attempt,
          status: status ?? null,
          url: publicUrl(url, redact),
          ...(reason !== undefined && { reason }),
          ...(excerpt !== undefined && { excerpt: redact(excerpt) }),
          ...(askedMs !== null && { retryAfterMs: askedMs }),
        });
      }
      release?.();
      await deps.sleep(pauseMs, signal);
    } finally {
      release?.();
    }
  }
}

async function once(asked: URL, options: FetchOptions, redact: (text: string) => string, leftMs: number): Promise<FetchedText> {
  const { signal, attemptMs = DEFAULTS.attemptMs, deps = systemFetchDeps } = options;
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), Math.min(attemptMs, leftMs));
  const within = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal;
  try {
    const { response, url } = await followed(asked, options, within);
    const text = await boundedText(response, options.maxBytes ?? DEFAULTS.maxBytes);
    judge(response, text, options, deps.now());
    return { text, status: response.status, contentType: response.headers.get("content-type") ?? "", url: publicUrl(url, redact), receivedAt: deps.now(), vendorTime: dateOf(response), validators: { etag: response.headers.get("etag"), lastModified: response.headers.get("last-modified") } };
  } catch (error) {
    if (error instanceof Attempt || signal?.aborted) throw error;
    if (clock.signal.aborted) throw new Attempt("UPSTREAM_UNAVAILABLE", "did not answer in time", { reason: "time-out", retryable: true });
    throw new Attempt("UPSTREAM_UNAVAILABLE", `could not be reached (${reasonOf(error)})`, { reason: reasonOf(error), retryable: true });
  } finally {
    clearTimeout(timer);
    // Whatever was not read is let go, or the connection would hang on to it.
    clock.abort();
  }
}

/** The answer at the end of the redirects, which stay on the host and never go from https to http. */
async function followed(asked: URL, { headers, redirectHosts = [], deps = systemFetchDeps }: FetchOptions, signal: AbortSignal): Promise<{ response: Response; url: URL }> {
  let url = asked;
  for (let hops = 0; ; hops++) {
    const sent = url.host === asked.host ? headers : {};
    const response = await deps.fetch(url, { redirect: "manual", cache: "no-store", signal, headers: { "user-agent": USER_AGENT, "accept-encoding": "gzip", ...sent } });
    const location = response.status >= 300 && response.status < 400 && response.status !== 304 ? response.headers.get("location") : null;
    if (location === null) return { response, url };
    if (!URL.canParse(location, url)) throw new Attempt("UPSTREAM_INVALID", "redirects to no address", { status: response.status, reason: "redirect" });
    const next = new URL(location, url);
    const allowed = next.host === asked.host || redirectHosts.includes(next.hostname);
    if (!allowed || (url.protocol === "https:" && next.protocol !== "https:")) {
      throw new Attempt("UPSTREAM_INVALID", `redirects to another host (${next.host})`, { status: response.status, reason: "redirect" });
    }
    if (hops >= MOST_REDIRECTS) throw new Attempt("UPSTREAM_INVALID", "redirects in circles", { status: response.status, reason: "redirect" });
    await response.body?.cancel();
    url = next;
  }
}

async function boundedText(response: Response, maxBytes: number): Promise<string> {
  const tooLarge = () => new Attempt("UPSTREAM_INVALID", `sent more than ${maxBytes} bytes`, { status: response.status, reason: "too-large" });
  const parts: Uint8Array[] = [];
  let size = 0;
  if (response.body) {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      size += part.byteLength;
      if (size > maxBytes) throw tooLarge();
      parts.push(part);
    }
  }
  const bytes = Buffer.concat(parts);
  return new TextDecoder(charsetOf(response, bytes)).decode(bytes);
}

/** What the header says, else the XML declaration, else UTF-8; a name that nobody knows is UTF-8 too. */
function charsetOf(response: Response, bytes: Buffer): string {
  const named = /charset=["']?([\w-]+)/i.exec(response.headers.get("content-type") ?? "")?.[1] ?? /^\s*<\?xml[^>]*encoding=["']([\w-]+)/i.exec(bytes.subarray(0, 200).toString("latin1"))?.[1] ?? "utf-8";
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return "utf-8";
  }
}

function judge(response: Response, text: string, { contentTypes, meaningOf, headers = {} }: FetchOptions, now: Date): void {
  const { status } = response;
  if (status === 304 && Object.keys(headers).some((name) => /^if-(none-match|modified-since)$/i.test(name))) return;
  const contentType = response.headers.get("content-type") ?? "";
  const excerpt = text.replace(/\s+/g, " ").trim().slice(0, EXCERPT);
  const wantsHtml = contentTypes?.test("text/html") ?? true;
  const isHtml = !wantsHtml && (/\bhtml\b/i.test(contentType) || HTML.test(text));
  const told = { status, ...(excerpt !== "" && { excerpt }) };

  if (isRetryable(status)) {
    const askedMs = retryAfterMs(response.headers.get("retry-after"), now.getTime());
    const meaning = isHtml ? null : meaningOf?.(status, text);
    if (status === 429) throw new Attempt("RATE_LIMITED", "asks for fewer calls", { ...told, askedMs, reason: "too-many-calls", retryable: true });
    throw new Attempt(meaning ?? "UPSTREAM_UNAVAILABLE", `answered ${status}`, { ...told, askedMs, retryable: !meaning });
  }
  if (status < 200 || status >= 300) {
    const meaning = isHtml ? null : meaningOf?.(status, text);
    if (meaning) throw new Attempt(meaning, `answered ${status}`, told);
    if (status === 401 || status === 403) throw new Attempt("UPSTREAM_UNAVAILABLE", "refuses the key or the caller", { ...told, reason: "key-refused" });
    throw new Attempt("UPSTREAM_INVALID", `answered ${status}`, { ...told, ...(isHtml && { reason: "html" }) });
  }
  if (isHtml) throw new Attempt("UPSTREAM_INVALID", "answered with a web page", { ...told, reason: "html" });
  if (contentTypes && contentType !== "" && !contentTypes.test(contentType)) throw new Attempt("UPSTREAM_INVALID", `answered with ${contentType.slice(0, 60)}`, { ...told, reason: "content-type" });
}

function dateOf(response: Response): Date | null {
  const at = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(at) ? null : new Date(at);
}

/** The code of the failed connection; its message would name addresses. */
function reasonOf(error: unknown): string {
  const { cause, code, name } = error as { cause?: { code?: unknown; name?: unknown }; code?: unknown; name?: unknown };
  const found = cause?.code ?? code ?? cause?.name ?? name;
  return typeof found === "string" ? found.slice(0, 40) : "network";
}
