import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunnerStatus } from "@/server/contracts/health";
import { seededEventId } from "@/server/domain/runner/seeded-event-id";
import { takeCheckpoint } from "./checkpoint";
import { checkpointRequest, sentEvents, signalRequest } from "./inngest-payload";
import { receiveEvents, receiveSignal } from "./receive-events";
import type { RunnerCtx } from "./runner-ctx";
import { inTransaction } from "./runner-transaction";
import { bearerOf, sameSecret } from "./signed-request";

const MAX_BODY_BYTES = 8 * 1024 * 1024;

type Answer = { status: number; body: unknown };
type Request = { incoming: IncomingMessage; path: string; readJson: () => Promise<unknown> };
type Route = { method: string; pattern: RegExp; access: "open" | "event-key" | "signing-key"; answer: (ctx: RunnerCtx, request: Request, id: string) => Promise<Answer> };

class BadRequest extends Error {}

/** The part of Inngest's HTTP interface that its SDK uses. */
const ROUTES: readonly Route[] = [
  { method: "POST", pattern: /^\/v1\/checkpoint\/([^/]+)\/async$/, access: "signing-key", answer: takeSteps },
  { method: "POST", pattern: /^\/v1\/signals()$/, access: "signing-key", answer: takeSignal },
  { method: "GET", pattern: /^\/v0\/runs\/([^/]+)\/actions$/, access: "signing-key", answer: giveSteps },
  { method: "GET", pattern: /^\/v0\/runs\/([^/]+)\/batch$/, access: "signing-key", answer: giveEvents },
  // An app announces itself here when it is asked to by hand; it is asked for its functions anyway.
  { method: "POST", pattern: /^\/fn\/register()$/, access: "signing-key", answer: async () => ({ status: 200, body: { ok: true, modified: true } }) },
  { method: "GET", pattern: /^\/dev()$/, access: "open", answer: async (ctx) => ({ status: 200, body: { version: "local-runner", functions: ctx.functions.all().length } }) },
];

export type RunnerServer = { port: number; close(): Promise<void> };

export async function startRunnerServer(ctx: RunnerCtx, status: () => Promise<RunnerStatus>, isReady: () => boolean): Promise<RunnerServer> {
  const eventRoute: Route = {
    method: "POST", pattern: /^\/e\/([^/]+)$/, access: "event-key",
    answer: async (_ctx, request) => (isReady() ? takeEvents(ctx, request) : { status: 503, body: { error: "The functions are not known yet", status: 503 } }),
  };
  const statusRoute: Route = { method: "GET", pattern: /^\/health()$/, access: "open", answer: async () => ({ status: 200, body: await status() }) };
  const server = createServer((incoming, response) => void handle(ctx, [eventRoute, statusRoute, ...ROUTES], incoming, response));
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(ctx.port, ctx.host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function handle(ctx: RunnerCtx, routes: readonly Route[], incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (incoming.url ?? "").split("?")[0]!;
  const answer = await answerOf(ctx, routes, { incoming, path, readJson: () => readJson(incoming) }).catch((error: unknown): Answer => {
    if (error instanceof BadRequest) return { status: 400, body: { error: error.message, status: 400 } };
    ctx.log.error({ event: "request failed", path, message: error instanceof Error ? error.message : String(error) });
    return { status: 500, body: { error: "Something went wrong", status: 500 } };
  });
  response.writeHead(answer.status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", "x-content-type-options": "nosniff" });
  response.end(JSON.stringify(answer.body));
}

async function answerOf(ctx: RunnerCtx, routes: readonly Route[], request: Request): Promise<Answer> {
  for (const route of routes) {
    const id = route.pattern.exec(request.path)?.[1];
    if (id === undefined || route.method !== request.incoming.method) continue;
    if (!isAllowed(ctx, route.access, request.incoming, id)) return { status: 401, body: { error: "Unauthorized", status: 401 } };
    return route.answer(ctx, request, id);
  }
  return { status: 404, body: { error: "Not found", status: 404 } };
}

function isAllowed({ eventKey, signingKey }: RunnerCtx, access: Route["access"], { headers }: IncomingMessage, id: string): boolean {
  if (access === "event-key") return !eventKey || sameSecret(id, eventKey);
  return access === "open" || !signingKey || sameSecret(headers.authorization ?? "", `Bearer ${bearerOf(signingKey)}`);
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new BadRequest(`More than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as unknown;
  } catch {
    throw new BadRequest("The body is not JSON");
  }
}

async function takeEvents(ctx: RunnerCtx, { incoming, readJson }: Request): Promise<Answer> {
  const parsed = sentEvents.safeParse(await readJson());
  if (!parsed.success) throw new BadRequest(`The events are not understood: ${parsed.error.message.slice(0, 300)}`);
  const seed = incoming.headers["x-inngest-event-id-seed"];
  const events = parsed.data.map((body, i) => ({ id: typeof seed === "string" ? seededEventId(seed, i + 1) : null, externalId: body.id ?? null, body }));
  const ids = await inTransaction(ctx, (tx) => receiveEvents(ctx, tx, events));
  return { status: 200, body: { ids, status: 200 } };
}

async function takeSteps(ctx: RunnerCtx, { readJson }: Request, runId: string): Promise<Answer> {
  const parsed = checkpointRequest.safeParse(await readJson());
  if (!parsed.success) throw new BadRequest("The checkpoint is not understood");
  return (await takeCheckpoint(ctx, runId, parsed.data)) ? { status: 200, body: {} } : { status: 409, body: { error: "Another call has taken over", status: 409 } };
}

async function takeSignal(ctx: RunnerCtx, { readJson }: Request): Promise<Answer> {
  const parsed = signalRequest.safeParse(await readJson());
  if (!parsed.success) throw new BadRequest("The signal is not understood");
  const runId = await inTransaction(ctx, (tx) => receiveSignal(tx, parsed.data.signal, parsed.data.data));
  return runId ? { status: 200, body: { data: { run_id: runId } } } : { status: 404, body: { error: "No run waits for this signal", status: 404 } };
}

async function giveSteps({ pool }: RunnerCtx, _request: Request, runId: string): Promise<Answer> {
  const { rows } = await pool.query<{ steps: unknown }>("SELECT coalesce(jsonb_object_agg(step_id, memo), '{}') AS steps FROM runner_step WHERE run_id = $1 AND memo IS NOT NULL", [runId]);
  return { status: 200, body: rows[0]!.steps };
}

async function giveEvents({ pool }: RunnerCtx, _request: Request, runId: string): Promise<Answer> {
  const { rows } = await pool.query<{ events: unknown }>("SELECT events FROM runner_run WHERE id = $1", [runId]);
  return rows[0] ? { status: 200, body: rows[0].events } : { status: 404, body: { error: "No such run", status: 404 } };
}
