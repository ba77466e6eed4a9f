import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);

/** Who may tell this app who somebody is: by TLS, or on this machine, as tests do. */
const trustedSite = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine(({ protocol, hostname }) => protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname), "has to be https, except on this machine")
  .refine(({ username, password, search, hash }) => `${username}${password}${search}${hash}` === "", "has nothing but scheme, host, port and path")
  .transform(({ origin, pathname }) => `${origin}${pathname.replace(/\/+$/, "")}`);

/** A key of a vendor; the message must not repeat it. */
const vendorKey = z.string().regex(/^[\x21-\x7e]{8,512}$/, "must be 8 to 512 printable characters without blanks").optional();
const listOf = (text: string) => text.split(/[\s,]+/).filter((part) => part !== "");
const isLoopback = (text: string) => URL.canParse(text) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(text).hostname);

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** Set by Next while it builds. */
  NEXT_PHASE: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Port of the web app wanted by the person; a free one is taken when it is busy. */
  PORT: port.default(3000),
  SIDECAR_PORT: port.default(3001),
  /** Port of the local job runner. */
  RUNNER_PORT: port.default(8288),
  /** Where the local runner finds the app's functions; by default at the web app's port on this machine. */
  RUNNER_APP_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Days for which the local runner keeps what it has finished. */
  RUNNER_KEEP_DAYS: z.coerce.number().int().min(1).max(3_650).default(14),
  /** Read by the Inngest SDK too: where jobs run. `npm start` sets them for the local runner unless they are given. */
  INNGEST_DEV: z.string().optional(),
  INNGEST_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  /** Where the browser reaches the sidecar when it is not on the page's own origin. */
  NEXT_PUBLIC_WS_URL: z.url().optional(),
  /** Origins of pages on other hosts than the sidecar's that may open a socket, separated by commas. */
  WS_ALLOWED_ORIGINS: z.string().default("").transform((list) => list.split(",").map((origin) => origin.trim()).filter((origin) => origin !== "")),
  /** Folder of the production build, below the project; `npm start` names it by the content of the sources. */
  NEXT_DIST_DIR: z.string().default(".next"),
  /** Folder of the embedded database, logs and generated secrets. */
  DATA_DIR: z.string().default(".data"),
  /** What /health/detailed tells admins is running; `npm start` takes it from package.json. */
  APP_VERSION: z.string().default("unknown"),
  /** Address under which people reach the app; links in mails and the sign-in cookies rest on it, never on the Host header. `npm start` sets it. */
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }).default("http://localhost:3000"),
  /** Signs the session cookie and seals stored secrets; `npm start` makes one in the data folder. */
  NEXTAUTH_SECRET: z.string().min(32).optional(),
  /** The secret before a change of it: what it sealed is still opened, until `npm run secrets:reseal` has sealed that anew. */
  NEXTAUTH_SECRET_PREVIOUS: z.string().min(32).optional(),
  /** Header in which the host tells the caller's address and which a caller cannot set: x-vercel-forwarded-for, fly-client-ip. `npm start` sets it to its own. */
  CLIENT_ADDRESS_HEADER: z.string().regex(/^[a-z0-9-]+$/).optional(),
  /** Address of the admin that the first start makes. */
  ADMIN_EMAIL: z.email({ pattern: z.regexes.html5Email }).toLowerCase().default("admin@localhost"),
  /** Reverse proxies in front whose X-Forwarded-For is believed; with none, the address is the connection's own. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** smtp://user:password@host:port; without it mails stay in the outbox that admins see. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default("Nexus-Alpha <no-reply@localhost>"),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  /** The Services ID. */
  APPLE_CLIENT_ID: z.string().optional(),
  /** A client secret that was signed elsewhere, good for six months at most; or the key with which the app signs them itself. */
  APPLE_CLIENT_SECRET: z.string().optional(),
  APPLE_TEAM_ID: z.string().optional(),
  APPLE_KEY_ID: z.string().optional(),
  /** The text of the .p8 file; its line breaks may be written as \n. */
  APPLE_PRIVATE_KEY: z.string().transform((text) => text.replaceAll("\\n", "\n")).optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  /** A GitHub Enterprise Server instead of github.com: whoever it names is let in. */
  GITHUB_BASE_URL: trustedSite.default("https://github.com"),
  /** Other issuers in place of Google's and Apple's, for tests: whoever they name is let in. */
  GOOGLE_ISSUER: trustedSite.default("https://accounts.google.com"),
  APPLE_ISSUER: trustedSite.default("https://appleid.apple.com"),
  /** Lets webhooks go to private addresses and plain http: for tests and closed networks, never on the internet. */
  WEBHOOKS_TO_PRIVATE_ADDRESSES: z.stringbool().default(false),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  /** Prices of the plans at Stripe, made there by the operator. */
  STRIPE_PRICE_PRO: z.string().optional(),
  STRIPE_PRICE_PREMIUM: z.string().optional(),
  STRIPE_PRICE_INSTITUTIONAL: z.string().optional(),
  /** Another address of Stripe's API, for tests. */
  STRIPE_API_URL: z.url().optional(),
  /** Server for the databases of `npm test`; without it the tests start one of their own. */
  TEST_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Browser of `npm test`; without it one is looked for. */
  CHROMIUM_PATH: z.string().optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** Has several sidecars share one feed; without it, or while it is away, each runs its own. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Feed of the sidecar: stored bars played again, or seeded ticks. */
  PRICE_FEED: z.enum(["replay", "simulated"]).default("simulated"),
  /** Live data: off, on, or the vendors that may be called, separated by commas. `npm start` turns it on unless it is given. */
  PROVIDERS: z.string().default("off").transform((text, check): "off" | "on" | string[] => {
    const words = listOf(text.toLowerCase());
    if (words.length === 1 && (words[0] === "off" || words[0] === "on")) return words[0];
    if (words.length > 0 && words.every((word) => word !== "on" && word !== "off" && /^[a-z0-9-]{1,40}$/.test(word))) return words;
    check.addIssue({ code: "custom", message: "must be off, on, or vendors separated by commas" });
    return z.NEVER;
  }),
  /** vendor=http://127.0.0.1:port, separated by commas: vendors played by this machine, for tests. */
  PROVIDER_BASE_URLS: z.string().default("").transform((text, check): Readonly<Record<string, string>> => {
    const pairs = listOf(text).map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1).replace(/\/$/, "")] as const);
    if (pairs.every(([vendor, url]) => /^[a-z0-9-]+$/.test(vendor) && isLoopback(url))) return Object.fromEntries(pairs);
    check.addIssue({ code: "custom", message: "must name vendors and addresses of this machine" });
    return z.NEVER;
  }),
  FRED_API_KEY: z.string().regex(/^[0-9a-z]{32}$/, "must be 32 small letters and digits").optional(),
  FINNHUB_API_KEY: vendorKey,
  POLYGON_API_KEY: vendorKey,
  ALPHA_VANTAGE_API_KEY: vendorKey,
  ALPACA_API_KEY_ID: vendorKey,
  ALPACA_API_SECRET_KEY: vendorKey,
  FMP_API_KEY: vendorKey,
  NEWSAPI_API_KEY: vendorKey,
  COINGECKO_API_KEY: vendorKey,
  X_BEARER_TOKEN: vendorKey,
  TRUTH_SOCIAL_ACCESS_TOKEN: vendorKey,
  /** Name and mail address of the operator, as the SEC asks of everybody who reads EDGAR by program. */
  SEC_USER_AGENT: z.string().regex(/^[\x20-\x7e]{3,150}$/, "must be 3 to 150 plain characters").regex(/[^\s@]@[^\s@.]+\.[^\s.@]/, "must contain a mail address").optional(),
  /** CIKs of managers whose 13F is read for who owns whom, separated by commas or blanks; by default those of the universe that file one under their own. */
  HOLDING_MANAGERS: z.string().default("0000019617 0000093751 0000886982 0000895421 0002012383").transform(listOf).pipe(z.array(z.string().regex(/^\d{1,10}$/, "must be CIKs").transform((cik) => cik.padStart(10, "0"))).max(50)),
  /** An address of the operator's that is posted to every night when it is time for a backup. */
  BACKUP_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: "must be an http or https address" }).optional(),
  /** Addresses of RSS and Atom feeds, separated by commas or blanks. */
  RSS_FEEDS: z.string().default("").transform(listOf).pipe(z.array(z.url({ protocol: /^https?$/, error: "must be http or https addresses" })).max(100)),
});

export type Env = z.infer<typeof schema>;

/** Reads the environment and names every fault at once. The only reader of `process.env`. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(`Environment: ${parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}`);
}

/** Who runs the jobs of this process's app; none when nothing says so, as in a build. */
export function jobEngine(env: Env): "local" | "inngest" | "none" {
  if (env.INNGEST_BASE_URL === localRunnerUrl(env) || env.INNGEST_DEV === localRunnerUrl(env)) return "local";
  return env.INNGEST_DEV || env.INNGEST_SIGNING_KEY || env.INNGEST_EVENT_KEY || env.INNGEST_BASE_URL ? "inngest" : "none";
}

export const localRunnerUrl = ({ RUNNER_PORT }: Pick<Env, "RUNNER_PORT">): string => `http://127.0.0.1:${RUNNER_PORT}`;

/** The environment of a child process: ours, with what it needs besides. */
export const childEnv = (extra: Record<string, string | undefined>): NodeJS.ProcessEnv => ({ ...process.env, ...extra });
