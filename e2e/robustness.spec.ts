import { expect, keptSecret, test } from "./fixtures";

// The public pages have a policy without a nonce; public-pages.spec.ts looks at theirs.
test.describe("every page of the app", () => {
  for (const path of ["/dashboard", "/scenarios", "/companies", "/macro"]) {
    test(`${path} loads under the policy that forbids inline scripts, with the security headers`, async ({ page }) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(200);
      const headers = response?.headers() ?? {};
      const scripts = /script-src ([^;]*)/.exec(headers["content-security-policy"] ?? "")?.[1] ?? "";
      expect(scripts).toMatch(/'nonce-[A-Za-z0-9+/=]+' 'strict-dynamic'/);
      expect(scripts).not.toMatch(/unsafe/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["x-request-id"]).toMatch(/^[\w-]{8,64}$/);
      await expect(page.getByRole("main")).toBeVisible();
      await page.waitForLoadState("networkidle").catch(() => undefined);
    });
  }
});

test.describe("health", () => {
  test("says that database, sidecar and feed are there", async ({ request }) => {
    const plain = await request.get("/health");
    expect(plain.status()).toBe(200);
    expect(await plain.json()).toEqual({ status: "ok", database: "up" });

    const detailed = await (await request.get("/health/detailed")).json();
    expect(detailed).toMatchObject({ status: "ok", database: { status: "up" }, sidecar: { status: "up" } });
    // What it runs on, and how loaded it is, is for admins.
    expect(Object.keys(detailed).sort()).toEqual(["checkedAt", "database", "feedAgeMs", "jobs", "sidecar", "status"]);
    for (const part of [detailed.database, detailed.sidecar, detailed.jobs]) expect(Object.keys(part)).toEqual(["status"]);
  });

  test("keeps a caller's request id", async ({ request }) => {
    const response = await request.get("/health", { headers: { "x-request-id": "trace-12345678" } });
    expect(response.headers()["x-request-id"]).toBe("trace-12345678");
  });
});

test("answers of the public API, which go past the proxy, have the security headers, a policy that lets nothing load, and the caller's request id", async ({ request }) => {
  for (const path of ["/api/v1/companies?limit=1", "/api/v1/companies/NOPE", "/api/v1/openapi.json"]) {
    const headers = (await request.get(path, { headers: { "x-request-id": "trace-12345678" } })).headers();
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY", "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox" });
    if (!path.endsWith(".json")) expect(headers["x-request-id"]).toBe("trace-12345678");
  }
  // What cannot be decoded still passes the proxy, before Next fails over it.
  expect((await request.get("/api/v1/companies/%E0%A4%A")).status()).toBe(400);
});

for (const path of ["/api/trpc/account.register", "/api/auth/callback/credentials", "/api/v1/auth/register"]) {
  test(`refuses more than any input of ours at ${path}`, async ({ request }) => {
    const response = await request.post(path, { data: { email: "x".repeat(300_000) } });
    expect(response.status()).toBe(413);
  });
}

test("tells a program that sends no JSON so, by a code", async ({ request }) => {
  const response = await request.post("/api/trpc/market.search", { data: "query=a", headers: { "content-type": "text/plain" } });
  expect(response.status()).toBe(415);
  expect((await response.json()).error.data.error).toMatchObject({ code: "UNSUPPORTED_MEDIA_TYPE", details: { field: "Content-Type" } });
});

test("runs no job for who cannot sign the call", async ({ request }) => {
  const answers = [await request.get("/api/inngest"), await request.put("/api/inngest", { data: {} }), await request.post("/api/inngest?fnId=nexus-send-outbox&stepId=step", { data: { event: {}, events: [], steps: {}, ctx: {} } })];
  expect(answers.map((answer) => answer.status())).toEqual([401, 401, 401]);
});

test("an unknown address is a page with status 404", async ({ page }) => {
  const response = await page.goto("/there-is-no-such-page");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("main")).toBeVisible();
});

test("what a request carries to show who it is from is kept out of the logs", async ({ request }) => {
  const headers = {
    authorization: `Bearer ${keptSecret("a bearer token")}`,
    cookie: `session=${keptSecret("a session cookie")}`,
    "x-api-key": keptSecret("an API key"),
  };
  for (const path of ["/companies", "/there-is-no-such-page", "/api/trpc/market.getCompany?input=%7B%22ticker%22%3A%22NO-SUCH%22%7D", "/api/trpc/no.such"]) {
    expect((await request.get(path, { headers })).status()).toBeLessThan(500);
  }
  const broken = await request.post("/api/trpc/scenario.run", { headers, data: { password: keptSecret("a password in a body that is refused") } });
  expect(broken.status()).toBe(400);
});

test.describe("what no person would send", () => {
  const CALLS: [procedure: string, input: string, field: string][] = [
    ["market.search", '{"query":"a\\u0000b"}', "query"],
    ["macro.getSeries", '{"code":"FEDFUNDS","asOf":"0000-01-01"}', "asOf"],
    ["scenario.run", '{"shocks":[{"driver":"fedFunds","size":1e999,"unit":"bp"}]}', "shocks.0.size"],
    ["scenario.run", '{"shocks":[{"driver":"no such","size":1,"unit":"bp"}]}', "shocks.0.driver"],
    ["scenario.run", JSON.stringify({ shocks: Array(200).fill({ driver: "fedFunds", size: 1, unit: "bp" }) }), "shocks"],
    ["scenario.run", '{"shocks":[{"driver":"fedFunds","size":NaN,"unit":"bp"}]}', "input"],
  ];
  test("is refused by naming the field", async ({ request }) => {
    for (const [procedure, input, field] of CALLS) {
      const response = await request.post(`/api/trpc/${procedure}`, { data: Buffer.from(input), headers: { "content-type": "application/json" } });
      expect(response.status(), input).toBe(400);
      expect((await response.json()).error.data.error, input).toMatchObject({ code: "INVALID_INPUT", details: { field } });
    }
  });

  test("is not read when it is 5 MB long", async ({ request }) => {
    const response = await request.post("/api/trpc/market.search", { data: { query: "a".repeat(5_000_000) } });
    expect(response.status()).toBe(413);
    expect((await response.json()).error.data.error).toMatchObject({ code: "PAYLOAD_TOO_LARGE", details: { field: "body" } });
  });

  test("is refused where its address cannot be decoded", async ({ baseURL }) => {
    for (const path of ["/companies/%ff", "/macro/%E0%A4%A", "/api/trpc/%ED%A0%80"]) expect((await fetch(`${baseURL}${path}`)).status).toBe(400);
  });
});
