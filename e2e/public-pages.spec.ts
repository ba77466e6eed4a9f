import { expect, test } from "./fixtures";

const nonceOf = (policy: string | undefined) => /'nonce-([^']+)'/.exec(policy ?? "")?.[1] ?? null;
const scriptsOf = (policy: string | undefined) => /script-src ([^;]*)/.exec(policy ?? "")?.[1] ?? "";

test.describe("the first page", () => {
  test("is the same bytes for every guest, for shared caches to keep, and not sent again to who has it", async ({ request }) => {
    const [first, second] = [await request.get("/"), await request.get("/")];
    expect(await first.body()).toEqual(await second.body());
    const { etag = "", vary = "", ...headers } = first.headers();
    expect(second.headers()["content-security-policy"]).toBe(headers["content-security-policy"]);
    expect(headers["cache-control"]).toMatch(/^public, .*s-maxage=\d+, stale-while-revalidate=\d+/);
    for (const name of ["Accept-Language", "Cookie"]) expect(vary).toContain(name);
    for (const header of ["set-cookie", "x-request-id"]) expect(headers[header]).toBeUndefined();

    const again = await request.get("/", { headers: { "if-none-match": etag } });
    expect([again.status(), (await again.body()).length, again.headers()["content-security-policy"]]).toEqual([304, 0, headers["content-security-policy"]]);
  });

  test("names its scripts by their hashes alone", async ({ request }) => {
    const response = await request.get("/");
    const policy = response.headers()["content-security-policy"];
    expect(scriptsOf(policy)).toMatch(/^'self'( 'sha256-[\w+/]{43}=')+$/);
    expect(await response.text()).not.toContain("nonce=");
    expect(response.headers()["x-frame-options"]).toBe("DENY");
  });

  test("speaks the reader's language, a chosen one before the browser's, and then stays out of shared caches", async ({ request }) => {
    const read = async (headers: Record<string, string>) => {
      const response = await request.get("/", { headers });
      return { language: /<html lang="(\w+)"/.exec(await response.text())?.[1], cache: response.headers()["cache-control"] };
    };
    expect(await read({ "accept-language": "fr, ko;q=0.9" })).toMatchObject({ language: "ko", cache: expect.stringMatching(/^public/) });
    expect(await read({ "accept-language": "en", cookie: "locale=ko" })).toEqual({ language: "ko", cache: "private, no-cache" });
  });

  test("is not found where it is kept", async ({ request }) => {
    for (const path of ["/prerendered/en", "/prerendered/ko", "/per-request"]) expect((await request.get(path)).status()).toBe(404);
  });

  test("runs under its policy, gets its figures in the browser, and nothing moves when they come", async ({ page }) => {
    await page.addInitScript(() => {
      Object.assign(window, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) (window as unknown as { shift: number }).shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto("/");
    await expect(page.getByRole("img", { name: /graph|drivers/i })).toBeVisible();
    await expect(page.getByRole("region", { name: /market/i }).getByRole("listitem").first()).toBeVisible();
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.05);
  });

  test("refuses an inline script that was put into it, by the server's side or by a script's", async ({ page, faultless }) => {
    faultless.allow(/Content Security Policy/);
    await page.addInitScript(() => {
      const refused: string[] = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => refused.push(`${effectiveDirective} ${blockedURI}`));
      Object.assign(window, { refused });
    });
    await page.route("/", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("</head>", "<script>window.intruder = 'sent'</script></head>") });
    });
    await page.goto("/");
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = 'added'";
      document.body.append(script);
    });
    const seen = await page.evaluate(() => {
      const { intruder = null, refused } = window as unknown as { intruder?: string; refused: string[] };
      return { intruder, refused };
    });
    expect(seen).toEqual({ intruder: null, refused: ["script-src-elem inline", "script-src-elem inline"] });
  });

  test("looks as the person chose before any file is there", async ({ page, context, baseURL }) => {
    await context.addCookies([{ name: "theme", value: "light", url: baseURL! }, { name: "updown", value: "kr", url: baseURL! }]);
    await page.route("**/_next/static/**/*.js", (route) => route.abort());
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await expect(page.locator("html")).toHaveAttribute("data-updown", "kr");
  });

  test("changes its language in place", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menuitemradio", { name: "한국어" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "ko");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/[가-힣]/);
  });

  test("leads into the app", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "Open the dashboard" }).click();
    await expect(page).toHaveURL(/\/dashboard$/);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
  });
});

test("a page of the app has a fresh nonce in each answer, on its own scripts, and is kept by nobody", async ({ request }) => {
  const answers = await Promise.all([request.get("/macro"), request.get("/macro")]);
  const nonces = answers.map((answer) => nonceOf(answer.headers()["content-security-policy"]));
  expect(nonces[0]).not.toBe(nonces[1]);
  for (const [index, answer] of answers.entries()) {
    expect(await answer.text()).toContain(`nonce="${nonces[index]}"`);
    expect(answer.headers()["cache-control"]).toMatch(/private|no-store/);
  }
});

test("a guest's public read may be kept, a failed one and a person's may not", async ({ request }) => {
  const read = "/api/trpc/market.getStrip";
  const open = await request.get(read);
  expect(open.headers()["cache-control"]).toMatch(/^public, .*s-maxage=\d+/);
  expect((await request.get(read, { headers: { "if-none-match": open.headers().etag ?? "" } })).status()).toBe(304);
  expect((await request.get(read, { headers: { cookie: "next-auth.session-token=x" } })).headers()["cache-control"]).toBe("private, no-store");
  expect((await request.get(`/api/trpc/market.getCompany?input=${encodeURIComponent('{"ticker":"NOSUCH"}')}`)).headers()["cache-control"]).toBe("private, no-store");
});
