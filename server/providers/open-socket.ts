import { WebSocket } from "ws";
import type { StreamSocket } from "./vendor-stream";

/** `closeTimeout`, which the types do not have yet: a dead line does not answer that it closes. */
const OPTIONS = { handshakeTimeout: 10_000, closeTimeout: 2_000, maxPayload: 1024 * 1024, perMessageDeflate: false };

/** A line to a vendor's stream. It answers pings by itself; binary frames are UTF-8 text, as vendors that send them mean them. */
export const openSocket = (url: URL): StreamSocket => new WebSocket(url, OPTIONS);
