import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { AppError } from "@/server/domain/app-error";

export type HttpAnswer = { status: number; headers: IncomingHttpHeaders; text: string };

type Exchange = { method: string; headers: Record<string, string | string[]>; body?: string; timeoutMs: number; signal?: AbortSignal };

const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** One request and its whole answer. Unlike fetch it waits for the first byte as long as a step may take. */
export function exchangeHttp(url: URL, { method, headers, body, timeoutMs, signal }: Exchange): Promise<HttpAnswer> {
  const secure = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    const sent = (secure ? httpsRequest : httpRequest)(
      url,
      { method, agent: secure ? agents.https : agents.http, signal, timeout: timeoutMs, headers: { ...headers, ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }) } },
      (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) answer.destroy(new AppError("UPSTREAM_INVALID", `An answer of more than ${MAX_ANSWER_BYTES} bytes`, { host: url.host }));
          else chunks.push(chunk);
        });
        answer.on("error", reject);
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString("utf8") }));
        answer.on("close", () => !answer.complete && reject(new AppError("UPSTREAM_UNAVAILABLE", "The connection broke off", { host: url.host })));
      },
    );
    sent.on("timeout", () => sent.destroy(new AppError("UPSTREAM_UNAVAILABLE", `No answer within ${timeoutMs} ms`, { host: url.host })));
    sent.on("error", reject);
    sent.end(body);
  });
}
