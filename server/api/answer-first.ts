import { after } from "next/server";
import type { Log } from "@/server/platform/log";

/** Does work once the answer is on its way, so that its time tells nothing about what there was to do. Outside of a request, as in tests, it is waited for. */
export async function answerFirst({ log }: { log: Log }, name: string, work: () => Promise<unknown>): Promise<void> {
  const watched = () => work().catch((err: unknown) => log.error({ name, err }));
  try {
    after(watched);
  } catch {
    await watched();
  }
}
