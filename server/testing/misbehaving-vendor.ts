import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type VendorAnswer = { body: string; contentType?: string; status?: number; headers?: Readonly<Record<string, string>> };

/** What a vendor can do instead of answering well. What needs the vendor's own words (another shape, currency, date or page) is an answer. */
export type Misbehaviour =
  | { kind: "none" }
  | { kind: "answer"; answer: VendorAnswer }
  | { kind: "slow"; ms: number }
  | { kind: "hang" }
  | { kind: "drip"; everyMs: number }
  | { kind: "status"; status: number; retryAfter?: string; body?: string }
  | { kind: "truncated" }
  | { kind: "cut connection" }
  | { kind: "html"; status: number; body?: string }
  | { kind: "redirect"; to: string }
  | { kind: "oversize"; bytes: number }
  | { kind: "reset" }
  | { kind: "clock skew"; ms: number };

export type SeenRequest = { method: string; url: string; headers: IncomingMessage["headers"] };

export type MisbehavingVendor = {
  /** Its address, without a slash at its end. */
  url: string;
  requests: SeenRequest[];
  /** So the next requests are answered, one each; the ones after them well again. */
  next(...behaviours: Misbehaviour[]): void;
  /** So every request is answered from now on, once those of `next` are used up. */
  always(behaviour: Misbehaviour): void;
  /** What a good answer is from now on. */
  answers(answer: VendorAnswer | ((request: SeenRequest) => VendorAnswer)): void;
  close(): Promise<void>;
};

const page = (words: string) => `<!doctype html><html><head><title>Service unavailable</title></head><body>${words}</body></html>`;

/** A vendor on this machine that answers as badly as it is told to. */
export async function startMisbehavingVendor(): Promise<MisbehavingVendor> {
  const requests: SeenRequest[] = [];
  const queue: Misbehaviour[] = [];
  let standing: Misbehaviour = { kind: "none" };
  let good: VendorAnswer | ((request: SeenRequest) => VendorAnswer) = { body: "{}" };

  const server = createServer((request, response) => {
    const seen: SeenRequest = { method: request.method ?? "", url: request.url ?? "", headers: request.headers };
    requests.push(seen);
    request.resume();
    const well = typeof good === "function" ? good(seen) : good;
    answer(response, well, queue.shift() ?? standing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    next: (...behaviours) => void queue.push(...behaviours),
    always: (behaviour) => void (standing = behaviour),
    answers: (answer) => void (good = answer),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, well: VendorAnswer, behaviour: Misbehaviour): void {
  const { status = 200, contentType = "application/json", headers = {}, body } = behaviour.kind === "answer" ? behaviour.answer : well;
  const send = (text: string, extra: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": contentType, ...headers, ...extra });
    response.end(text);
  };
  // Never at the end of a line: a table that ends there is whole for all that anybody can tell.
  const half = body.slice(0, Math.max(1, Math.floor(body.length / 2))).trimEnd();

  switch (behaviour.kind) {
    case "none":
    case "answer":
      return send(body);
    case "slow":
      return void setTimeout(() => send(body), behaviour.ms);
    case "hang":
      return;
    case "drip":
      return drip(response, body, { "content-type": contentType, ...headers }, behaviour.everyMs);
    case "status":
      response.writeHead(behaviour.status, { "content-type": "application/json", ...(behaviour.retryAfter !== undefined && { "retry-after": behaviour.retryAfter }) });
      return void response.end(behaviour.body ?? "{}");
    case "truncated":
      return send(half);
    case "cut connection":
      response.writeHead(status, { "content-type": contentType, ...headers, "content-length": String(Buffer.byteLength(body)) });
      return void response.write(half, () => setTimeout(() => response.destroy(), 10));
    case "html":
      response.writeHead(behaviour.status, { "content-type": "text/html; charset=utf-8" });
      return void response.end(page(behaviour.body ?? "We will be back soon"));
    case "redirect":
      response.writeHead(302, { location: behaviour.to });
      return void response.end();
    case "oversize":
      return flood(response, { "content-type": contentType }, behaviour.bytes);
    case "reset":
      return void response.socket?.resetAndDestroy();
    case "clock skew":
      return send(body, { date: new Date(Date.now() + behaviour.ms).toUTCString() });
  }
}

/** One byte at a time: each keeps a time-out awake that only looks at silence. */
function drip(response: ServerResponse, body: string, headers: Record<string, string>, everyMs: number): void {
  const bytes = Buffer.from(body);
  let at = 0;
  response.writeHead(200, headers);
  const timer = setInterval(() => {
    if (at < bytes.length) response.write(bytes.subarray(at, ++at));
    else response.end();
  }, everyMs);
  response.on("close", () => clearInterval(timer));
}

function flood(response: ServerResponse, headers: Record<string, string>, bytes: number): void {
  const part = Buffer.alloc(64 * 1024, 32);
  response.writeHead(200, headers);
  let left = bytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= part.length;
      if (!response.write(part)) return void response.once("drain", more);
    }
    if (!response.destroyed) response.end();
  };
  more();
}
