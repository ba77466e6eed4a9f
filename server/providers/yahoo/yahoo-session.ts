import YahooFinance from "yahoo-finance2";
import { ExtendedCookieJar } from "yahoo-finance2/lib/cookieJar";
import { getCrumbClear } from "yahoo-finance2/lib/getCrumb";
import { AppError, type ErrorCode } from "@/server/domain/app-error";
import type { VendorHttp } from "../vendor-client";

export type Yahoo = InstanceType<typeof YahooFinance>;
/** Of every call to the library: its own check of the answer is off, since it makes numbers of text and fails on a new word in a field that nobody reads. */
export type YahooCall = { validateResult: false; fetch: typeof fetch };
export type Answer = { answer: unknown; url: URL | undefined };
type Ask = { meaningOf?: (status: number, body: string) => ErrorCode | null };

const JSON_TYPES = /\bjson\b|text\/plain|javascript/i;
const CRUMB = /^[\w./\\-]{8,64}$/;
/** The page of consent is small; of others only the headers are read. */
const CONSENT_BYTES = 512 * 1024;
const HANDSHAKE_MS = 10_000;

// The library keeps the crumb for the whole process, so the cookies that it belongs to have to live as long.
const jar = new ExtendedCookieJar();
let made: Yahoo | null = null;

function library(): Yahoo {
  const silent = () => undefined;
  // It would print to the console: that Node 20 is old, a survey, what did not fit its schema.
  made ??= new YahooFinance({
    cookieJar: jar, logger: { info: silent, warn: silent, error: silent, debug: silent, dir: silent }, suppressNotices: ["yahooSurvey"], versionCheck: false, validation: { logErrors: false, logOptionsErrors: false },
    // Our budget keeps the queue.
    queue: { concurrency: 1_000 },
  });
  return made;
}

/**
 * Asks Yahoo through the library, which knows addresses, cookies and crumb, but over our own transport: time-out, size, retries, Retry-After and
 * budget are those of every vendor, and a refusal never reaches the library, which would print the address with the crumb.
 *
 * @returns the last answer as Yahoo sent it, unchecked, and the address of its question
 */
export async function askYahoo(http: VendorHttp, work: (yahoo: Yahoo, call: YahooCall) => Promise<unknown>, options: Ask = {}): Promise<Answer> {
  let answer: Answer = { answer: undefined, url: undefined };
  const transport = transportOf(http, options, (found) => void (answer = found));
  for (let attempt = 1; ; attempt++) {
    try {
      await work(library(), { validateResult: false, fetch: transport });
      return answer;
    } catch (error) {
      http.signal?.throwIfAborted();
      if (!(error instanceof AppError)) throw http.invalid("library", `sent what the library cannot read (${error instanceof Error ? error.message.slice(0, 120) : "unknown"})`);
      if (attempt > 1 || !isStaleSession(error)) throw error;
      await getCrumbClear(jar);
    }
  }
}

/** A crumb ends before its cookie does; a new pair is got once. */
const isStaleSession = ({ details }: AppError) => details.status === 401 && /invalid (crumb|cookie)/i.test(String(details.excerpt));

function transportOf(http: VendorHttp, { meaningOf }: Ask, onAnswer: (answer: Answer) => void): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = Object.fromEntries(new Headers(init.headers));
    const host = /^(query[12])\.finance\.yahoo\.com$/.exec(url.hostname)?.[1];
    if (host === undefined) return handshake(http, url, { ...init, headers });

    const asked = http.url(host, url.pathname, Object.fromEntries(url.searchParams));
    if (url.pathname.endsWith("/getcrumb")) {
      const { text, status } = await http.text(asked, { headers, contentTypes: /text\/plain|json|octet-stream/i });
      if (!CRUMB.test(text)) throw http.invalid("crumb", "gives no crumb");
      return new Response(text, { status });
    }
    const { text, status } = await http.text(asked, { headers, contentTypes: JSON_TYPES, meaningOf });
    onAnswer({ answer: parsed(http, text), url: asked });
    return new Response(text, { status, headers: { "content-type": "application/json" } });
  };
}

/** Cookies, and the page of consent where Europe's visitors are led: Yahoo's own hosts only. */
async function handshake(http: VendorHttp, url: URL, { method, headers, body }: RequestInit): Promise<Response> {
  if (url.hostname !== "yahoo.com" && !url.hostname.endsWith(".yahoo.com")) throw http.invalid("redirect", `leads to another host (${url.hostname})`);
  return http.library(
    async (signal) => {
      const response = await http.fetch(url, { method, headers, body, redirect: "manual", signal });
      const { status } = response;
      if (status === 429) throw new AppError("RATE_LIMITED", "yahoo: asks for fewer calls", { provider: "yahoo", status, reason: "too-many-calls" });
      if (status >= 500) throw new AppError("UPSTREAM_UNAVAILABLE", `yahoo: answered ${status}`, { provider: "yahoo", status });
      if (url.hostname !== "consent.yahoo.com") {
        await response.body?.cancel();
        return response;
      }
      const page = await boundedPage(response, http);
      return Object.assign(new Response(page, { status }), { headers: response.headers });
    },
    { attemptMs: HANDSHAKE_MS },
  );
}

async function boundedPage(response: Response, http: VendorHttp): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > CONSENT_BYTES) throw http.invalid("too-large", `sent more than ${CONSENT_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The library would put what is no JSON into its message as a whole. */
function parsed(http: VendorHttp, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw http.invalid("not-json", "sent no whole JSON");
  }
}
