import { spawn, spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

/** Whether this machine has a redis-server to try things with. */
export const hasRedisServer = (): boolean => spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis of the test's own that keeps nothing; it can be stopped, made to hang, and started again at its port. */
export async function startRedisServer(port: number) {
  const child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/tmp"], { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (part: Buffer) => (output += part.toString()));
  while (!output.includes("Ready to accept connections")) {
    if (child.exitCode !== null) throw new Error(`redis-server ended: ${output.slice(-300)}`);
    await wait(20);
  }
  return {
    hang: () => child.kill("SIGSTOP"),
    goOn: () => child.kill("SIGCONT"),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    },
  };
}
