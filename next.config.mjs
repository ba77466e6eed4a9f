import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./components/app-shell/i18n-request.ts");

const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
];

/** The content security policy differs from page to page and, with its nonce, from request to request: proxy.ts sets it. */
/** @type {import("next").NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR || ".next",
  // In development the page is also opened by the address that is printed for scripts and tests.
  allowedDevOrigins: ["127.0.0.1"],
  // Its button lies on the settings of the rail; errors still show.
  devIndicators: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // Has a binary for each platform, which a bundler would leave behind.
  serverExternalPackages: ["@node-rs/argon2"],
  // `npm test` checks the types; a build need not do it again.
  typescript: { ignoreBuildErrors: true, tsconfigPath: process.env.NEXT_TSCONFIG || "tsconfig.json" },
  // Each content has a build folder of its own, in which a cache would never be found again; writing one takes seconds.
  experimental: { turbopackFileSystemCacheForBuild: false },
  // A redirect would stand between the socket client and its upgrade.
  skipTrailingSlashRedirect: true,
  // proxy.ts tells a page from the parts that a followed link asks for by their header, which it would otherwise not see.
  skipProxyUrlNormalize: true,
  // The sidecar's port is fixed at build time; when it has to be another one, the page is told its address instead (NEXT_PUBLIC_WS_URL).
  rewrites: async () => [{ source: "/ws/:path*", destination: `http://127.0.0.1:${process.env.SIDECAR_PORT || 3001}/ws/:path*` }],
  headers: async () => [
    { source: "/:path*", headers: SECURITY_HEADERS },
    // The public API goes past proxy.ts, and its answers are no pages: nothing in them may be loaded or framed.
    { source: "/api/v1/:path*", headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'; sandbox" }] },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [{ key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" }],
    },
  ],
};

export default withNextIntl(config);
