import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shared = {
  root,
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: { environment: "node" as const },
};

/** Adapters against vendors that misbehave, played by servers of this machine: most of their time is waiting. */
const VENDOR_CALLS = ["server/providers/**/*-client.test.ts", "server/providers/**/*-stream.test.ts", "server/providers/**/*-rates.test.ts"];
const setupFiles = ["server/testing/property-seed.ts"];

/** Three projects: `unit` is quick; `vendors` calls servers of its own; `db` makes itself a migrated scratch database. */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      { ...shared, test: { ...shared.test, name: "unit", setupFiles, include: ["{app,server,components,inngest,prisma}/**/*.test.{ts,tsx}"], exclude: ["**/*.db.test.ts", ...VENDOR_CALLS, "**/node_modules/**", "prisma/generated/**"], testTimeout: 20_000, maxWorkers: availableParallelism() } },
      { ...shared, test: { ...shared.test, name: "vendors", setupFiles, include: VENDOR_CALLS, exclude: ["**/node_modules/**"], testTimeout: 30_000, maxWorkers: 2 * availableParallelism() } },
      { ...shared, test: { ...shared.test, name: "db", globalSetup: ["server/testing/scratch-setup.ts"], include: ["{server,prisma}/**/*.db.test.ts"], exclude: ["**/node_modules/**"], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 1 } },
    ],
  },
});
