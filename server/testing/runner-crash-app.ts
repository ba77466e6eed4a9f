import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { appendFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Inngest } from "inngest";
import { serve } from "inngest/node";

/** An app for the tests that kill: it writes what its steps do to a file. Arguments: port, file. */
const [port, file] = process.argv.slice(2);
const note = (what: string) => appendFileSync(file!, `${what}\n`);

const inngest = new Inngest({ id: "crash" });
const threeSteps = inngest.createFunction({ id: "three-steps", triggers: { event: "crash/three-steps" }, retries: 0 }, async ({ event, step }) => {
  const n = String(event.data.n);
  await step.run("first", () => note(`${n} first`));
  await step.run("second", async () => {
    note(`${n} second begins`);
    await wait(Number(event.data.ms));
    note(`${n} second`);
  });
  await step.run("third", () => note(`${n} third`));
  return "whole";
});

/** Each waits some seconds before it starts: for the end of a burst, for more events, for its turn. */
const waiting = [
  inngest.createFunction({ id: "settling", triggers: { event: "crash/waiting" }, debounce: { period: "4s" } }, ({ event }) => note(`settled ${String(event.data.n)}`)),
  inngest.createFunction({ id: "batch", triggers: { event: "crash/waiting" }, batchEvents: { maxSize: 10, timeout: "4s" } }, ({ events }) => note(`batch ${events.map(({ data }) => String(data.n)).join(",")}`)),
  inngest.createFunction({ id: "paced", triggers: { event: "crash/waiting" }, throttle: { limit: 1, period: "3s" } }, ({ event }) => note(`paced ${String(event.data.n)}`)),
];

const app = createServer(serve({ client: inngest, functions: [threeSteps, ...waiting], enableUnauthedSync: false }));
app.listen(Number(port), "127.0.0.1", () => process.send?.({ port: (app.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
