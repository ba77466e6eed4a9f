import { etagOf, isFresh } from "./entity-tag";

/** Cookies of a session or of a person, by the start of their names. How the app looks is no secret and changes no answer. */
const PERSONAL_COOKIE = /^(?:__(?:Secure|Host)-)?(?:next-auth|nexus)/;

/** A shared cache may answer for half a minute, and for one more while it asks again; a browser asks each time whether its copy holds. */
export const PUBLIC_READ = "public, max-age=0, s-maxage=30, stale-while-revalidate=60";
export const PERSONAL = "private, no-store";

/** Whether a request says who sends it; its answer is then for nobody else. */
export function isPersonal(headers: Headers): boolean {
  const names = (headers.get("cookie") ?? "").split(";").map((cookie) => cookie.split("=")[0]!.trim());
  return headers.has("authorization") || names.some((name) => PERSONAL_COOKIE.test(name));
}

export type ReadFacts = {
  request: { method: string; headers: Headers };
  /** Sent while it is still being computed: a failure may follow, which no cache may keep. */
  streamed: boolean;
  failed: boolean;
  /** Whether everything that was asked for is open to guests. */
  open: boolean;
};

/** What caches may do with the answer of a call: keep it only when it is a whole, public read without a fault for a guest. */
export const readCacheControl = ({ request: { method, headers }, streamed, failed, open }: ReadFacts): string =>
  method === "GET" && open && !streamed && !failed && !isPersonal(headers) ? PUBLIC_READ : PERSONAL;

/** Gives an answer that may be kept its tag, and says "not modified" to a reader who has it. */
export async function withEntityTag(request: Request, response: Response): Promise<Response> {
  if (response.headers.get("cache-control") !== PUBLIC_READ) return response;
  const body = await response.text();
  const headers = new Headers(response.headers);
  headers.set("etag", etagOf(body));
  headers.append("vary", "Cookie, Authorization");
  return isFresh(request.headers.get("if-none-match"), etagOf(body)) ? new Response(null, { status: 304, headers }) : new Response(body, { status: response.status, headers });
}
