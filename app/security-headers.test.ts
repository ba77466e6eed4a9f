import { expect, it } from "vitest";

type Rule = { source: string; has?: { value: string }[]; headers: { key: string; value: string }[] };

it("go out with every answer, and by TLS with the word to come by TLS only", async () => {
  const { default: config } = (await import("../next.config.mjs" as string)) as { default: { headers: () => Promise<Rule[]>; poweredByHeader: boolean } };
  const rules = await config.headers();
  const of = (source: string, has = false) => Object.fromEntries(rules.filter((rule) => rule.source === source && Boolean(rule.has) === has).flatMap(({ headers }) => headers.map(({ key, value }) => [key, value])));
  expect(of("/:path*")).toMatchObject({ "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "strict-origin-when-cross-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin" });
  expect(of("/api/v1/:path*")["Content-Security-Policy"]).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
  expect(of("/:path*", true)["Strict-Transport-Security"]).toMatch(/^max-age=\d{8}/);
  expect(config.poweredByHeader).toBe(false);
});
