// Loaded into the web process: its HTTP server has no setting for how long a request may take to arrive, and Node's own is five minutes.
import http from "node:http";

const DEADLINES = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };
const plain = http.createServer;

// What the importers of the module object see; answers, streams and sockets that are upgraded may take as long as they like.
http.createServer = (...given) => {
  const [options, listener] = typeof given[0] === "function" ? [{}, given[0]] : given;
  return plain({ ...DEADLINES, ...options }, listener);
};
