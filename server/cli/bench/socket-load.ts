import { fork, type ChildProcess } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { wsStatus, type WsStatus } from "@/server/contracts/realtime";
import type { WorkerOrder, WorkerReport } from "./socket-load-worker";

const USAGE = `npm run bench:sockets -- [--sockets 500] [--seconds 20] [--symbols-per-socket 20] [--workers 2]
                          [--url http://127.0.0.1:3001 --symbols BTC-USD,ETH-USD]
Opens many sockets and says what arrived, how late, and what a socket costs the sidecar.
Without --url it starts a gateway of its own with 200 made-up symbols that tick once a second; no database is needed.`;

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
  const value = Number(given[name]);
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

async function run(): Promise<void> {
  const [sockets, seconds, symbolsPerSocket, workerCount] = [atLeastOne("sockets"), atLeastOne("seconds"), atLeastOne("symbols-per-socket"), atLeastOne("workers")];
  const { url, symbols, stop } = await target();
  // A sidecar settles after its start; what it uses then is not the price of sockets.
  await wait(2_000);
  const idle = await statusOf(url);
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
    await tell((worker) => ({ kind: "open", url, sockets: share(worker), symbols, symbolsPerSocket: Math.min(symbolsPerSocket, symbols.length), offset: worker * 1_000, pricesAreNumbered: !given.url }));
    const openMs = performance.now() - openedAt;
    await wait(2_000);
    const before = await statusOf(url);
    const countedAt = performance.now();
    await tell(() => ({ kind: "count" }));
    await wait(seconds * 1_000);
    const after = await statusOf(url);
    const countedSeconds = (performance.now() - countedAt) / 1_000;
    const reports = await tell<WorkerReport>(() => ({ kind: "report" }));

    const latencies = new Map<number, number>();
    for (const report of reports) for (const [latency, count] of report.latencies) latencies.set(latency, (latencies.get(latency) ?? 0) + count);
    const sum = (of: (report: WorkerReport) => number) => reports.reduce((total, report) => total + of(report), 0);
    const [received, sent] = [sum((report) => report.received), sum((report) => report.sent)];
    const [values, missed] = [sum((report) => report.values), sum((report) => report.missed ?? 0)];
    const cpuShare = (after.cpuSeconds - before.cpuSeconds) / countedSeconds;
    console.log(
      [
        `sockets              ${after.connections} open, ${sum((report) => report.lost)} lost; opened in ${(openMs / 1_000).toFixed(1)} s`,
        `frames               ${received} received in ${countedSeconds.toFixed(1)} s (${Math.round(received / countedSeconds)}/s), ${Math.round(values / countedSeconds)} values/s`,
        `delivered            ${sent === 0 ? "nothing was sent" : `${((100 * received) / sent).toFixed(3)} % of the frames sent`}${given.url ? "" : `, ${((100 * values) / (values + missed)).toFixed(3)} % of the ticks made`}`,
        `latency              p50 ${latencyAt(latencies, 0.5)} ms, p99 ${latencyAt(latencies, 0.99)} ms, max ${latencyAt(latencies, 1)} ms`,
        `sidecar CPU          ${(100 * cpuShare).toFixed(1)} % of one core, ${((1e6 * cpuShare) / after.connections).toFixed(0)} µs per second and socket`,
        `sidecar memory       ${(after.memoryBytes / 1e6).toFixed(0)} MB, ${((after.memoryBytes - idle.memoryBytes) / 1e3 / after.connections).toFixed(1)} kB per socket`,
        `event loop lag       p99 ${after.lagMs} ms`,
      ].join("\n"),
    );
  } finally {
    for (const worker of workers) worker.kill();
    stop();
  }
}

if (given.help) console.log(USAGE);
else await run();
