import type { Frame, SubscriptionAck } from "@/server/contracts/realtime";
import { SOCKET_PATH } from "@/server/domain/realtime/wire-limits";

/** What the live store needs of a connection; its listeners are given once and outlive every reconnect. */
export type LiveSocket = {
  ask: (event: "subscribe" | "unsubscribe", message: { channel: string; symbols?: string[]; ticket?: string }) => Promise<SubscriptionAck>;
  close: () => void;
};

export type LiveSocketListeners = {
  connected: () => void;
  lost: () => void;
  /** Anything that shows the server is alive. */
  heard: () => void;
  frame: (kind: "snapshot" | "delta", frame: Frame) => void;
};

export type OpenLiveSocket = (listeners: LiveSocketListeners) => Promise<LiveSocket>;

const ACK_WITHIN_MS = 10_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;

/** The sidecar's own address where the page's origin does not lead to it: written in the page, or, in one made at build time, the path that answers with it. */
async function directUrl(): Promise<string | null> {
  const written = document.querySelector<HTMLMetaElement>('meta[name="nexus-ws-url"]')?.content || null;
  if (!written?.startsWith("/")) return written;
  const response = await fetch(written);
  return ((await response.json()) as { url: string | null }).url;
}

/** Opens the tab's socket. The library is loaded here, so that pages without live figures do not carry it. */
export const openLiveSocket: OpenLiveSocket = async (listeners) => {
  const [{ io }, url] = await Promise.all([import("socket.io-client"), directUrl()]);
  const socket = io(url ?? window.location.origin, {
    path: SOCKET_PATH,
    addTrailingSlash: false,
    transports: ["websocket"],
    reconnectionDelay: FIRST_DELAY_MS,
    reconnectionDelayMax: LONGEST_DELAY_MS,
    // Spread over half to one and a half times the delay, lest all tabs come back in the same moment.
    randomizationFactor: 0.5,
  });
  let closed = false;
  socket.on("connect", listeners.connected);
  socket.on("disconnect", (reason) => {
    listeners.lost();
    // The library comes back by itself, except when the server put the socket out.
    if (reason === "io server disconnect" && !closed) setTimeout(() => !closed && socket.connect(), LONGEST_DELAY_MS * (0.5 + Math.random()));
  });
  socket.io.on("ping", listeners.heard);
  socket.on("snapshot", (frame: Frame) => listeners.frame("snapshot", frame));
  socket.on("delta", (frame: Frame) => listeners.frame("delta", frame));
  return {
    ask: (event, message) => socket.timeout(ACK_WITHIN_MS).emitWithAck(event, message) as Promise<SubscriptionAck>,
    close() {
      closed = true;
      socket.disconnect();
    },
  };
};
