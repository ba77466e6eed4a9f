/** What a browser keeps and sends, as far as signing in by a provider needs it: cookies, and which of them a page of another site makes it send. */
export type AuthBrowser = {
  /** Name and value; a test may put its own in their place. */
  jar: Map<string, string>;
  get(url: string): Promise<Response>;
  post(url: string, form: Record<string, string>): Promise<Response>;
  /** A form that a page of another site posts: no lax cookie goes along. */
  postFromElsewhere(url: string, form: URLSearchParams): Promise<Response>;
};

let addresses = 0;

export function aBrowser(site: string): AuthBrowser {
  const jar = new Map<string, string>();
  // Attempts to sign in are counted by address.
  const address = `198.51.${(addresses >> 8) & 255}.${addresses++ & 255}`;
  const send = async (url: string, init: RequestInit, withCookies = true): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("x-address", address);
    if (withCookies && jar.size > 0) headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(new URL(url, site), { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(/;\s*/);
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (!attributes.some((one) => one.toLowerCase() === "samesite=lax")) throw new Error(`${name} is sent to other sites' requests as well`);
      if (value === "" || attributes.some((one) => one.toLowerCase() === "max-age=0")) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const ownPage = { origin: site, "sec-fetch-site": "same-origin" };
  return {
    jar,
    get: (url) => send(url, {}),
    post: (url, form) => send(url, { method: "POST", body: new URLSearchParams(form), headers: ownPage }),
    postFromElsewhere: (url, form) => send(url, { method: "POST", body: form, headers: { origin: "https://appleid.apple.com", "sec-fetch-site": "cross-site" } }, false),
  };
}
