import { createServer } from "node:net";

const listens = (port: number, host: string) =>
  new Promise<number | null>((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      // A port can also be refused to an ordinary user (EACCES); a host without IPv6 is asked again for IPv4.
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(null);
      else if (host === "::") resolve(listens(port, "0.0.0.0"));
      else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });

/** The port wanted, or the next free one after it, or any; `taken` were promised to others and are not listening yet. */
export async function freePort(wanted: number, taken: readonly number[] = []): Promise<number> {
  for (let port = wanted; port < wanted + 20 && port <= 65_535; port++) {
    if (!taken.includes(port) && (await listens(port, "::")) !== null) return port;
  }
  const any = await listens(0, "::");
  if (any === null || taken.includes(any)) return freePort(wanted + 1_000 > 65_000 ? 20_000 : wanted + 1_000, taken);
  return any;
}
