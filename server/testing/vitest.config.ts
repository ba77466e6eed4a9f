import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shared = {
  root,
  resolve: { alias: { "@": root.replace(/\/$/, "") } },
  test: { environment: "node" as const },
};

/** Two projects: `unit` touches nothing outside the process; `db` makes itself a migrated scratch database. */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      { ...shared, test: { ...shared.test, name: "unit", setupFiles: ["server/testing/property-seed.ts"], include: ["{app,server,components,inngest,prisma}/**/*.test.{ts,tsx}"], exclude: ["**/*.db.test.ts", "**/node_modules/**", "prisma/generated/**"], testTimeout: 20_000 } },
      { ...shared, test: { ...shared.test, name: "db", globalSetup: ["server/testing/scratch-setup.ts"], include: ["{server,prisma}/**/*.db.test.ts"], exclude: ["**/node_modules/**"], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 1 } },
    ],
  },
});
