import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { startSecondApp } from "./second-app";

export type AppBehindGate = {
  url: string;
  /** Breaks every connection to the database and refuses new ones, as a killed server does. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  stop(): Promise<void>;
};

/** A second web app over the figures of the run, whose way to the database can be cut without touching the tests beside it. */
export async function startAppBehindGate({ databaseUrl, distDir, logFolder }: { databaseUrl: string; distDir: string; logFolder: string }): Promise<AppBehindGate> {
  const database = new URL(databaseUrl);
  const gate = await openGate({ host: database.hostname, port: Number(database.port || 5432) });
  try {
    const app = await startSecondApp({ name: "web-behind-gate", distDir, logFolder, env: { DATABASE_URL: Object.assign(new URL(database), { hostname: "127.0.0.1", port: String(gate.port) }).href } });
    const stop = async () => {
      await app.stop();
      await gate.close();
    };
    return { url: app.url, cut: gate.close, mend: gate.open, stop };
  } catch (error) {
    await gate.close();
    throw error;
  }
}

async function openGate(target: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(target);
    for (const [socket, other] of [[from, to], [to, from]] as const) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    from.pipe(to);
    to.pipe(from);
  });
  const listen = (port: number) => new Promise<void>((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", () => done(void server.removeListener("error", fail))));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    open: () => listen(port),
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
