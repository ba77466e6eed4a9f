/** Longer than any input of ours; what people upload has addresses of its own. */
export const BODY_AT_MOST_BYTES = 256 * 1024;
export const BODY_WITHIN_MS = 15_000;

export type BodyFault = { status: 408 | 413; code: "TIMEOUT" | "PAYLOAD_TOO_LARGE"; message: string };

/** The body as text, or why it is not read to its end: too long, whatever its header says, or too slow. */
export async function boundedBody(req: Request, { atMostBytes = BODY_AT_MOST_BYTES, withinMs = BODY_WITHIN_MS }: { atMostBytes?: number; withinMs?: number } = {}): Promise<{ text: string } | { fault: BodyFault }> {
  const tooLarge: { fault: BodyFault } = { fault: { status: 413, code: "PAYLOAD_TOO_LARGE", message: `A body has at most ${atMostBytes / 1024} kB` } };
  if (Number(req.headers.get("content-length") ?? 0) > atMostBytes) return tooLarge;
  if (!req.body) return { text: "" };
  const reader = req.body.getReader();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void reader.cancel().catch(() => undefined);
  }, withinMs);
  try {
    const chunks: Uint8Array[] = [];
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (late) return { fault: { status: 408, code: "TIMEOUT", message: `The body did not arrive within ${withinMs / 1000} s` } };
      if (done) return { text: Buffer.concat(chunks).toString("utf8") };
      size += value.length;
      if (size > atMostBytes) {
        void reader.cancel().catch(() => undefined);
        return tooLarge;
      }
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
}
