import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";

export type MisbehavingStream = {
  /** Its address, as of an HTTP vendor: that is how a vendor's stand-in is set. */
  url: string;
  /** What was asked for, by line, oldest first. */
  lines: { heard: string[]; ponged: number }[];
  /** Says something on every open line; a buffer goes out as a binary frame. */
  say(message: string | Buffer): void;
  /** A binary frame in parts, with a pause between them. */
  saySlowly(message: string, everyMs: number): Promise<void>;
  ping(): void;
  /** Cuts every line, without a word. */
  drop(): void;
  /** Closes every line as servers do that restart. */
  hangUp(): void;
  /** Turns the next so many attempts away at the door. */
  refuse(times: number): void;
  close(): Promise<void>;
};

/** A vendor's stream on this machine that does what it is told to. */
export async function startMisbehavingStream(): Promise<MisbehavingStream> {
  let refusals = 0;
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", verifyClient: () => refusals-- <= 0 });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const lines: MisbehavingStream["lines"] = [];
  server.on("connection", (socket) => {
    const line = { heard: [] as string[], ponged: 0 };
    lines.push(line);
    socket.on("message", (data) => line.heard.push(String(data)));
    socket.on("pong", () => (line.ponged += 1));
    socket.on("error", () => undefined);
  });
  const each = (act: (socket: WebSocket) => void) => server.clients.forEach(act);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lines,
    say: (message) => each((socket) => socket.send(message)),
    async saySlowly(message, everyMs) {
      const bytes = Buffer.from(message);
      for (let at = 0; at < bytes.length; at += 20) {
        each((socket) => socket.send(bytes.subarray(at, at + 20), { binary: true, fin: at + 20 >= bytes.length }));
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    },
    ping: () => each((socket) => socket.ping()),
    drop: () => each((socket) => socket.terminate()),
    hangUp: () => each((socket) => socket.close(1012)),
    refuse: (times) => void (refusals = times),
    async close() {
      each((socket) => socket.terminate());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
