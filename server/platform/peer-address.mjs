// Loaded into the web process: says in a header, which a caller cannot set, from which address the connection comes.
// Next fills X-Forwarded-For only where the caller has not filled it already.
import { Server } from "node:http";

const { emit } = Server.prototype;
Server.prototype.emit = function (event, ...args) {
  if (event === "request" || event === "upgrade") args[0].headers["x-nexus-peer"] = args[0].socket.remoteAddress ?? "";
  return emit.call(this, event, ...args);
};
