import { fork, type ChildProcess } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { wsStatus, type WsStatus } from "@/server/contracts/realtime";
import type { WorkerOrder, WorkerReport } from "./socket-load-worker";

const USAGE = `npm run bench:sockets -- [--sockets 500] [--seconds 20] [--symbols 20] [--workers 2]
                          [--url http://127.0.0.1:3001 --symbols BTC-USD,ETH-USD [--symbols-per-socket 20]]
Opens many sockets and says what arrived, how late, and what a socket costs the sidecar.
Without --url it starts a gateway of its own with 200 made-up symbols that tick once a second, of which each socket follows --symbols; no
database is needed. The same sockets are then opened to a bare server that echoes frames of that size at that pace, and the ratios to it printed.`;

const { values: given } = parseArgs({
  options: {
    sockets: { type: "string", default: "500" },
    seconds: { type: "string", default: "20" },
    "symbols-per-socket": { type: "string", default: "20" },
    workers: { type: "string", default: String(Math.max(2, Math.min(4, cpus().length))) },
    url: { type: "string" },
    symbols: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

type Target = { url: string; symbols: string[]; stop: () => void };

const atLeastOne = (name: "sockets" | "seconds" | "symbols-per-socket" | "workers"): number => {
  // Without --url there is nothing to name, so --symbols says how many.
  const value = Number(name === "symbols-per-socket" && !given.url ? (given.symbols ?? given[name]) : given[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} is a whole number from 1`);
  return value;
};

const next = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A process of the bench ended with code ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as T);
    });
  });

async function target(): Promise<Target> {
  if (given.url) {
    const symbols = (given.symbols ?? "").split(",").filter((symbol) => symbol !== "");
    if (symbols.length === 0) throw new Error("--url needs --symbols");
    return { url: given.url, symbols, stop: () => undefined };
  }
  const drill = fork(fileURLToPath(new URL("../../realtime/load-drill.ts", import.meta.url)));
  const { port, symbols } = await next<{ port: number; symbols: string[] }>(drill);
  return { url: `http://127.0.0.1:${port}`, symbols, stop: () => void drill.kill("SIGTERM") };
}

const statusOf = async (url: string): Promise<WsStatus> => wsStatus.parse(await (await fetch(`${url}/ws/status`)).json());

function latencyAt(latencies: ReadonlyMap<number, number>, share: number): number | null {
  const total = [...latencies.values()].reduce((sum, count) => sum + count, 0);
  let passed = 0;
  for (const [latency, count] of [...latencies].sort(([a], [b]) => a - b)) {
    passed += count;
    if (passed >= total * share) return latency;
  }
  return null;
}

type Outcome = { before: WsStatus; after: WsStatus; openMs: number; seconds: number; reports: WorkerReport[] };

/** Opens all sockets to one server, counts for a while, and closes them. */
async function load({ url, symbols }: Target, { echo }: { echo: number | null }): Promise<Outcome> {
  const [sockets, seconds, symbolsPerSocket, workerCount] = [atLeastOne("sockets"), atLeastOne("seconds"), atLeastOne("symbols-per-socket"), atLeastOne("workers")];
  const workers = Array.from({ length: workerCount }, () => fork(fileURLToPath(new URL("./socket-load-worker.ts", import.meta.url))));
  const tell = <T>(orders: (worker: number) => WorkerOrder) =>
    Promise.all(
      workers.map((worker, i) => {
        const answer = next<T>(worker);
        worker.send(orders(i));
        return answer;
      }),
    );
  try {
    const share = (worker: number) => Math.floor(sockets / workerCount) + (worker < sockets % workerCount ? 1 : 0);
    const openedAt = performance.now();
    await tell((worker) => ({ kind: "open", url, sockets: share(worker), symbols, symbolsPerSocket: Math.min(symbolsPerSocket, symbols.length), offset: worker * 1_000, pricesAreNumbered: !given.url, echoBytes: echo }));
    const openMs = performance.now() - openedAt;
    await wait(2_000);
    const before = await statusOf(url);
    const countedAt = performance.now();
    await tell(() => ({ kind: "count" }));
    await wait(seconds * 1_000);
    const after = await statusOf(url);
    const countedSeconds = (performance.now() - countedAt) / 1_000;
    return { before, after, openMs, seconds: countedSeconds, reports: await tell<WorkerReport>(() => ({ kind: "report" })) };
  } finally {
    for (const worker of workers) worker.kill();
  }
}

function figuresOf({ before, after, seconds, reports }: Outcome) {
  const latencies = new Map<number, number>();
  for (const report of reports) for (const [latency, count] of report.latencies) latencies.set(latency, (latencies.get(latency) ?? 0) + count);
  const sum = (of: (report: WorkerReport) => number) => reports.reduce((total, report) => total + of(report), 0);
  const [received, sent, values, missed, bytes, lost] = [sum((report) => report.received), sum((report) => report.sent), sum((report) => report.values), sum((report) => report.missed ?? 0), sum((report) => report.bytes), sum((report) => report.lost)];
  const cpuShare = (after.cpuSeconds - before.cpuSeconds) / seconds;
  return { received, sent, values, missed, lost, bytesPerFrame: received === 0 ? 0 : Math.round(bytes / received), cpuShare, microsPerFrame: (1e6 * cpuShare * seconds) / received, p50: latencyAt(latencies, 0.5), p99: latencyAt(latencies, 0.99), max: latencyAt(latencies, 1) };
}

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;
const ratio = (a: number | null, b: number | null) => (a === null || b === null || b === 0 ? "-" : (a / b).toFixed(2));

async function run(): Promise<void> {
  const loadBefore = loadavg()[0]!;
  const under = await target();
  // A sidecar settles after its start; what it uses then is not the price of sockets.
  await wait(2_000);
  const idle = await statusOf(under.url);
  const outcome = await load(under, { echo: null }).finally(under.stop);
  const { after, openMs, seconds } = outcome;
  const ours = figuresOf(outcome);
  console.log(
    [
      `sockets              ${after.connections} open, ${ours.lost} lost; opened in ${(openMs / 1_000).toFixed(1)} s`,
      `frames               ${ours.received} received in ${seconds.toFixed(1)} s (${Math.round(ours.received / seconds)}/s of ${ours.bytesPerFrame} bytes), ${Math.round(ours.values / seconds)} values/s`,
      `delivered            ${ours.sent === 0 ? "nothing was sent" : `${percent(ours.received / ours.sent, 3)} of the frames sent`}${given.url ? "" : `, ${percent(ours.values / (ours.values + ours.missed), 3)} of the ticks made`}`,
      `latency              p50 ${ours.p50} ms, p99 ${ours.p99} ms, max ${ours.max} ms`,
      `sidecar CPU          ${percent(ours.cpuShare)} of one core, ${((1e6 * ours.cpuShare) / after.connections).toFixed(0)} µs per second and socket`,
      `sidecar memory       ${(after.memoryBytes / 1e6).toFixed(0)} MB, ${((after.memoryBytes - idle.memoryBytes) / 1e3 / after.connections).toFixed(1)} kB per socket`,
      `event loop lag       p99 ${after.lagMs} ms`,
    ].join("\n"),
  );
  if (!given.url) await compare(ours);
  console.log(`load of the machine  ${loadBefore.toFixed(1)} at the start, ${loadavg()[0]!.toFixed(1)} at the end, ${cpus().length} cores`);
}

/** The same load on a bare server that sends back what it is sent: what sockets cost by themselves on this machine, at this moment. */
async function compare(ours: ReturnType<typeof figuresOf>): Promise<void> {
  const drill = fork(fileURLToPath(new URL("../../realtime/echo-drill.ts", import.meta.url)));
  const { port } = await next<{ port: number }>(drill);
  const outcome = await load({ url: `http://127.0.0.1:${port}`, symbols: ["ECHO"], stop: () => undefined }, { echo: ours.bytesPerFrame }).finally(() => drill.kill("SIGTERM"));
  const echo = figuresOf(outcome);
  console.log(
    [
      `echo baseline        ${echo.received} frames in ${outcome.seconds.toFixed(1)} s (${Math.round(echo.received / outcome.seconds)}/s), ${percent(echo.received / echo.sent, 3)} of those sent came back`,
      `echo latency         p50 ${echo.p50} ms, p99 ${echo.p99} ms there and back; CPU ${percent(echo.cpuShare)} of one core`,
      `ratio to the echo    CPU per frame ${ratio(ours.microsPerFrame, echo.microsPerFrame)} ×, p99 ${ratio(ours.p99, echo.p99)} ×`,
    ].join("\n"),
  );
}

if (given.help) console.log(USAGE);
else await run();
