import { lookup, type LookupAddress } from "node:dns";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import ipaddr from "ipaddr.js";
import { AppError } from "@/server/domain/app-error";

type Options = {
  body: string;
  headers: Record<string, string>;
  withinMs: number;
  /** For tests and closed networks: otherwise only public addresses, over https, are reached. */
  allowPrivate: boolean;
};

const KEPT_CHARACTERS = 2_000;

/** Whether an address lies on the public internet: not loopback, link-local, private, carrier, multicast, or another family's wrapping of one. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === "unicast";
}

/**
 * Posts to an address that a person gave. The name is resolved once, every address of it is judged, and the connection goes to
 * the judged one, so that a name cannot change its address in between. Redirects are not followed.
 *
 * @throws AppError INVALID_INPUT for an address that is not public or not https; UPSTREAM_UNAVAILABLE when nobody answers in time
 */
export function guardedPost(url: URL, { body, headers, withinMs, allowPrivate }: Options): Promise<{ status: number; body: string }> {
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivate && url.protocol !== "https:") return Promise.reject(refused("Only https addresses are called"));
  if (!allowPrivate && ipaddr.isValid(literal) && !isPublicAddress(literal)) return Promise.reject(refused("The address is not on the public internet"));

  const judged: RequestOptions["lookup"] = (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, []);
      if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address))) return callback(refused("The name leads to an address that is not on the public internet"), []);
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };

  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const request = send(url, { method: "POST", lookup: judged, signal: AbortSignal.timeout(withinMs), headers: { ...headers, "content-length": Buffer.byteLength(body) } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      // The rest is read and dropped, and the time limit ends an answer without end.
      response.on("data", (part: string) => (text = text.length < KEPT_CHARACTERS ? (text + part).slice(0, KEPT_CHARACTERS) : text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on("error", (error) => reject(unreachable(error)));
    });
    request.on("error", (error) => reject(error instanceof AppError ? error : unreachable(error)));
    request.end(body);
  });
}

const refused = (message: string) => new AppError("INVALID_INPUT", message, { field: "url" });
const unreachable = (error: Error) => new AppError("UPSTREAM_UNAVAILABLE", error.name === "AbortError" || error.name === "TimeoutError" ? "It did not answer in time" : error.message.slice(0, 300));
