import { describe, expect, it } from "vitest";
import { PERSONAL, PUBLIC_READ, isPersonal, readCacheControl, withEntityTag } from "./public-read-cache";

const get = (headers: Record<string, string> = {}) => ({ method: "GET", headers: new Headers(headers) });
const read = { request: get(), streamed: false, failed: false, open: true };

describe("readCacheControl", () => {
  it("lets caches keep a whole public read without a fault", () => {
    expect(readCacheControl(read)).toBe(PUBLIC_READ);
    expect(PUBLIC_READ).toMatch(/^public, max-age=0, s-maxage=\d+, stale-while-revalidate=\d+$/);
  });

  it("lets nobody keep anything else", () => {
    for (const other of [{ streamed: true }, { failed: true }, { open: false }, { request: { ...get(), method: "POST" } }]) expect(readCacheControl({ ...read, ...other })).toBe(PERSONAL);
  });

  it.each(["next-auth.session-token=x", "__Secure-next-auth.session-token=x", "__Host-next-auth.csrf-token=x", "nexus-refresh=x", "__Secure-nexus-refresh=x", "theme=dark; nexus=1"])("keeps the answer to a person's %s private", (cookie) => {
    expect(readCacheControl({ ...read, request: get({ cookie }) })).toBe(PERSONAL);
  });

  it("knows a person by a key too, and not by how the app looks", () => {
    expect(isPersonal(new Headers({ authorization: "Bearer x" }))).toBe(true);
    expect(isPersonal(new Headers({ cookie: "theme=dark; locale=ko; tz=Asia%2FSeoul; my-next-auth=1" }))).toBe(false);
  });
});

describe("withEntityTag", () => {
  const answer = (cacheControl: string) => new Response('{"a":1}', { headers: { "cache-control": cacheControl, vary: "trpc-accept" } });
  const asked = (ifNoneMatch?: string) => new Request("http://x/", { headers: ifNoneMatch ? { "if-none-match": ifNoneMatch } : {} });

  it("tags what may be kept and answers 304 to whoever has it", async () => {
    const first = await withEntityTag(asked(), answer(PUBLIC_READ));
    const etag = first.headers.get("etag")!;
    expect(await first.text()).toBe('{"a":1}');
    expect(first.headers.get("vary")).toBe("trpc-accept, Cookie, Authorization");
    const second = await withEntityTag(asked(etag), answer(PUBLIC_READ));
    expect([second.status, await second.text(), second.headers.get("etag"), second.headers.get("cache-control")]).toEqual([304, "", etag, PUBLIC_READ]);
    expect((await withEntityTag(asked('"other"'), answer(PUBLIC_READ))).status).toBe(200);
  });

  it("leaves the rest as it is", async () => {
    const response = answer(PERSONAL);
    expect(await withEntityTag(asked(), response)).toBe(response);
  });
});
