import { randomBytes } from "node:crypto";
import { jobEngine, localRunnerUrl, readEnv } from "./env";
import { freePort } from "./ports";

/**
 * What the app and the local job runner have to be told so that they find each other, with keys that only they know and that
 * last as long as they do; null when the environment names an Inngest server, which then runs the same functions.
 */
export async function localRunnerEnv(takenPorts: readonly number[]): Promise<Record<string, string> | null> {
  const env = readEnv();
  if (jobEngine(env) === "inngest") return null;
  const port = await freePort(env.RUNNER_PORT, takenPorts);
  return {
    RUNNER_PORT: String(port),
    INNGEST_DEV: "0",
    INNGEST_BASE_URL: localRunnerUrl({ RUNNER_PORT: port }),
    INNGEST_SIGNING_KEY: `signkey-prod-${randomBytes(32).toString("hex")}`,
    INNGEST_EVENT_KEY: randomBytes(24).toString("hex"),
  };
}
