import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres";

export type ScratchPostgres = { connectionString(database: string): string; stop(): Promise<void> };

/** Speed before safety: nothing in a scratch cluster outlives its process. */
const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", logging_collector: "off", log_destination: "stderr", shared_buffers: "128MB", max_connections: "60" };

/** Waits on a pipe that only we hold open; when we are gone, killed or not, it removes the server and its folder. */
const WATCHDOG = 'read -r _; kill -INT "$1" 2>/dev/null; for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || break; sleep 0.5; done; kill -QUIT "$1" 2>/dev/null; sleep 0.2; rm -rf "$2"';

/** A PostgreSQL of its own in a temporary folder, gone with its process. */
export async function startScratchPostgres(): Promise<ScratchPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "nexus-alpha-scratch-"));
  // The account of the server has to pass through; the cluster inside is closed to others.
  chmodSync(folder, 0o755);
  let server: EmbeddedPostgres;
  try {
    server = await startEmbeddedPostgres({ dataDir: folder, wantedPort: 20_000 + Math.floor(Math.random() * 20_000), settings: SETTINGS });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const watchdog = spawn("/bin/sh", ["-c", WATCHDOG, "sh", String(server.pid), folder], { cwd: "/", detached: true, stdio: ["pipe", "ignore", "ignore"] });
  watchdog.unref();
  return {
    connectionString: server.connectionString,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
      watchdog.kill("SIGKILL");
    },
  };
}
