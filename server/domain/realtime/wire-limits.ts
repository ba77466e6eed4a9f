/** Path of the socket on whichever origin serves it; without a trailing slash, so that no redirect stands between. */
export const SOCKET_PATH = "/ws/socket.io";

/** Symbols that one subscription may name. */
export const MAX_SYMBOLS_PER_MESSAGE = 200;
