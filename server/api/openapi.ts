import { z } from "zod";
import * as accountContract from "@/server/contracts/account";
import * as adminContract from "@/server/contracts/admin";
import * as apiKeyContract from "@/server/contracts/api-key";
import * as circuitContract from "@/server/contracts/circuit";
import * as commonContract from "@/server/contracts/common";
import * as graphContract from "@/server/contracts/graph";
import * as macroContract from "@/server/contracts/macro";
import * as marketContract from "@/server/contracts/market";
import * as notificationContract from "@/server/contracts/notification";
import * as quantContract from "@/server/contracts/quant";
import * as scenarioContract from "@/server/contracts/scenario";
import { API_SCOPES } from "@/server/domain/account/api-key-format";
import { REQUESTS_PER_HOUR, REQUESTS_PER_MINUTE } from "@/server/domain/account/rate-limits";
import { ERROR_CODES } from "@/server/domain/app-error";
import { appRouter } from "./app-router";
import { API_MEDIA_TYPE, API_ROOT } from "./handle-rest";
import responseExamples from "./openapi-examples.json";
import { restRoutes, type RestRoute } from "./rest-routes";

type Json = Record<string, unknown>;

const CONTRACTS = [commonContract, accountContract, marketContract, macroContract, graphContract, scenarioContract, circuitContract, apiKeyContract, adminContract, notificationContract, quantContract];

/** Faults of the request itself, beside the codes of AppError. */
const REQUEST_FAULTS = ["METHOD_NOT_ALLOWED", "NOT_ACCEPTABLE", "TIMEOUT", "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "INTERNAL"] as const;

/** When the stored example answers were made; only for show. */
const EXAMPLE_TIME = "2026-11-21T06:00:00.000Z";

const TAGS: Record<string, string> = {
  analysis: "Scenarios and circuits of one company, correlations",
  auth: "Open an account, set its password, sign in a person",
  calendar: "Reports of companies, new listings, economic figures",
  companies: "Companies, their statements, ratios and prices",
  connections: "Connections of the graph, one by one",
  crypto: "Coins, their premium in Korea, futures and what is told of them",
  graph: "The graph of drivers, sectors, companies and assets",
  macro: "Economic series and scenarios over all of them",
  market: "Instruments, bars, movers, internals and search",
  news: "Headlines: search, by company and topic, mood, sources",
  notifications: "Your inbox",
  quant: "Option values and required returns",
  social: "Public posts with their engagement and mood",
  users: "Your profile and data",
};

const ERROR_RESPONSES: Record<string, string> = {
  400: "The input is not valid; `details.field` names the field",
  401: "The key or token is missing, unknown, ended or revoked; what was given to sign in is refused",
  402: "The plan does not include this; `details.tier` names one that does",
  403: "The key lacks the scope or a person has to sign in, the role does not allow it, or the page's origin is not in the key's list",
  404: "There is no such thing, or it is another person's",
  406: "Another version or media type was asked for",
  408: "The body did not arrive in time",
  409: "It contradicts the present state, or the first request with this Idempotency-Key is still at work",
  413: "The body is too large",
  415: "The body is not JSON",
  422: "A rule forbids it; the message says which",
  429: "A limit is used up; `details.limit` names it, `details.nextTier` the plan that has more",
  500: "A fault of ours; `requestId` finds it in the log",
  503: "A part that is needed cannot be reached; nothing was lost",
};

/** The description of /api/v1 (OpenAPI 3.1), made of the procedures themselves: what it says is what is checked. */
export function openapiDocument({ serverUrl, version }: { serverUrl: string; version: string }): Json {
  const components: Record<string, Json> = {};
  const schemaOf = createSchemaReader(components);
  const paths: Record<string, Json> = {};
  for (const route of restRoutes(appRouter)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, schemaOf) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Nexus-Alpha API",
      version,
      description: "Every answer is wrapped: `{ success, data, timestamp }` or `{ success, error: { code, message, details, requestId }, timestamp }`. Ratios and rates are fractions (0.05 is 5 %); money and other decimals are strings; dates are ISO 8601. Each figure carries its provenance.",
    },
    servers: [{ url: `${serverUrl}${API_ROOT}` }],
    externalDocs: { url: `${serverUrl}/developers`, description: "Quick start, errors, limits, webhooks and changes" },
    tags: [...new Set(Object.keys(paths).map(tagOf))].sort().map((name) => ({ name, description: TAGS[name] })),
    paths,
    components: {
      schemas: { ...components, Error: errorSchema() },
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: `An API key, made in the settings. Scopes: ${API_SCOPES.join(", ")}. Without a key, public reads are answered with the limits of a guest.` },
        login: { type: "http", scheme: "bearer", description: "The access token of a person who signed in by POST /auth/login, for 15 minutes; it has every scope but admin, and the person's limits. Cookies of the pages open nothing here." },
      },
      headers: limitHeaders(),
    },
  };
}

const tagOf = (path: string) => path.split("/")[1]!;
const operationId = ({ method, path }: RestRoute) => `${method.toLowerCase()}${path.replace(/[{}]/g, "").split(/[/-]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("")}`;

/** Gives each exported contract a name, and puts what is met into the components once. */
function createSchemaReader(components: Record<string, Json>): (schema: z.ZodType, io: "input" | "output") => Json {
  const registry = z.registry<{ id: string }>();
  const names = new Map<z.ZodType, string>();
  for (const contract of CONTRACTS) {
    for (const [name, value] of Object.entries(contract)) {
      if (!(value instanceof z.ZodType) || names.has(value) || !(value instanceof z.ZodObject)) continue;
      const id = name.charAt(0).toUpperCase() + name.slice(1);
      names.set(value, id);
      registry.add(value, { id });
    }
  }
  return (schema, io) => {
    // Inputs are written out where they are used: their parts are parameters, not things of their own.
    const { $defs = {}, ...read } = z.toJSONSchema(schema, { io, unrepresentable: "any", ...(io === "output" ? { metadata: registry } : {}) }) as Json & { $defs?: Record<string, Json> };
    for (const [name, part] of Object.entries($defs)) components[name] ??= tidy(part);
    const name = io === "output" ? names.get(schema) : undefined;
    if (!name) return tidy(read);
    components[name] ??= tidy(read);
    return { $ref: `#/components/schemas/${name}` };
  };
}

/** Refers to the components, and leaves objects open: answers may grow. */
function tidy(value: unknown): Json {
  return JSON.parse(JSON.stringify(value), (key, part: unknown) => {
    if (key === "$ref" && typeof part === "string") return part.replace("#/$defs/", "#/components/schemas/");
    if ((key === "id" || key === "$schema") && typeof part === "string") return undefined;
    if (key === "additionalProperties" && part === false) return undefined;
    return part;
  }) as Json;
}

function operationOf(route: RestRoute, schemaOf: (schema: z.ZodType, io: "input" | "output") => Json): Json {
  const { method, path, summary, scope, by, access, group, example = {} } = route;
  const input = route.input ? schemaOf(route.input, "input") : {};
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = (input.required ?? []) as string[];
  const hasBody = method !== "GET" && method !== "DELETE";
  const inQuery = Object.keys(properties).filter((name) => !hasBody && !route.pathFields.includes(name));
  const inBody = Object.keys(properties).filter((name) => hasBody && !route.pathFields.includes(name));
  const status = String(route.status ?? 200);
  const faults = ["400", "401", "403", "406", "429", "500", "503", ...(route.input ? ["404", "422"] : []), ...(hasBody ? ["408", "409", "413", "415"] : []), ...(["pro", "premium", "institutional"].includes(access) ? ["402"] : [])];
  return {
    operationId: operationId(route),
    tags: [tagOf(path)],
    summary,
    description: `Limit group \`${group}\`: ${REQUESTS_PER_MINUTE[group]} requests a minute.${scope === "read" && access === "public" ? " Open to guests." : ""}`,
    security: [...(access === "public" ? [{}] : []), ...(by === "login" ? [] : [{ apiKey: [scope] }]), ...(scope === "admin" ? [] : [{ login: [scope] }])],
    parameters: [
      ...route.pathFields.map((name) => ({ name, in: "path", required: true, schema: properties[name] ?? { type: "string" }, ...exampleOf(example, name) })),
      ...inQuery.map((name) => ({ name, in: "query", required: required.includes(name), schema: withoutNull(properties[name]!), ...exampleOf(example, name) })),
      ...(status === "204" ? [] : [{ name: "fields", in: "query", required: false, description: "Fields to keep, separated by commas; dots lead below: `ticker,ratios.icr`", schema: { type: "string" } }]),
      ...(status === "201" ? [{ name: "Idempotency-Key", in: "header", required: false, description: "The same key with the same request gives the first answer again, for 24 hours", schema: { type: "string", maxLength: 200 } }] : []),
      ...(method === "GET" ? [{ name: "If-None-Match", in: "header", required: false, schema: { type: "string" } }] : []),
    ],
    ...(inBody.length > 0
      ? { requestBody: { required: inBody.some((name) => required.includes(name)), content: { "application/json": { schema: { type: "object", properties: pick(properties, inBody), required: required.filter((name) => inBody.includes(name)), additionalProperties: false }, example: pick(example, inBody) } } } }
      : {}),
    responses: {
      [status]: { description: status === "201" ? "Created" : "Done", headers: headersOf(method), ...(status === "204" ? {} : { content: mediaTypes({ type: "object", required: ["success", "data", "timestamp"], properties: { success: { const: true }, data: schemaOf(route.output, "output"), timestamp: { type: "string", format: "date-time" } } }, answerExample(route)) }) },
      ...(method === "GET" ? { 304: { description: "Nothing has changed since the tag was given", headers: headersOf(method) } } : {}),
      ...Object.fromEntries(faults.sort().map((code) => [code, { description: ERROR_RESPONSES[code], headers: errorHeaders(code), content: mediaTypes({ $ref: "#/components/schemas/Error" }, errorExample(code)) }])),
    },
  };
}

const exampleOf = (example: Json, name: string) => (name in example ? { example: example[name] } : {});
const pick = <T>(from: Record<string, T>, names: readonly string[]): Record<string, T> => Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]!]));
const mediaTypes = (schema: Json, example?: Json) => ({ "application/json": { schema, ...(example ? { example } : {}) }, [API_MEDIA_TYPE]: { schema } });
const headersOf = (method: string) => Object.fromEntries(["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id", ...(method === "GET" ? ["ETag"] : [])].map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const errorHeaders = (code: string) => Object.fromEntries(["X-Request-Id", ...(code === "429" ? ["Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"] : []), ...(code === "401" ? ["WWW-Authenticate"] : [])].map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** An address has no word for null: what is not wanted is left out. */
function withoutNull(schema: Json): Json {
  if (Array.isArray(schema.type)) return { ...schema, type: schema.type.length === 2 ? schema.type.find((type) => type !== "null") : schema.type.filter((type) => type !== "null") };
  if (!Array.isArray(schema.anyOf)) return schema;
  const { anyOf, ...rest } = schema;
  const kept = (anyOf as Json[]).filter(({ type }) => type !== "null");
  return kept.length === 1 ? { ...kept[0], ...rest } : { ...rest, anyOf: kept };
}

export const exampleName = ({ method, path }: Pick<RestRoute, "method" | "path">): string => `${method} ${path}`;

/** What the operation answered to its example when `openapi.db.test.ts` last wrote it down, lists cut short. */
function answerExample(route: RestRoute): Json | undefined {
  const data = (responseExamples as Record<string, unknown>)[exampleName(route)];
  return data === undefined ? undefined : { success: true, data, timestamp: EXAMPLE_TIME };
}

const ERROR_EXAMPLES: Record<string, { code: string; message: string; details: Json }> = {
  400: { code: "INVALID_INPUT", message: "limit: Too big: expected number to be <=200", details: { field: "limit" } },
  401: { code: "UNAUTHENTICATED", message: "This API key is unknown, ended or revoked", details: { field: "Authorization" } },
  402: { code: "TIER_REQUIRED", message: "Your plan does not include this", details: { reason: "TIER_REQUIRED", tier: "PRO" } },
  403: { code: "FORBIDDEN", message: "This key lacks the scope post", details: { scope: "post", has: ["read"] } },
  404: { code: "NOT_FOUND", message: "No company has the ticker NOPE", details: { field: "ticker", suggestions: ["NOC"] } },
  406: { code: "NOT_ACCEPTABLE", message: `This is version 1, in ${API_MEDIA_TYPE} or application/json`, details: { field: "Accept" } },
  408: { code: "TIMEOUT", message: "The body did not arrive within 15 s", details: {} },
  409: { code: "CONFLICT", message: "The first request with this Idempotency-Key is still at work; ask again shortly", details: { field: "Idempotency-Key" } },
  413: { code: "PAYLOAD_TOO_LARGE", message: "A body has at most 256 kB", details: {} },
  415: { code: "UNSUPPORTED_MEDIA_TYPE", message: "A body is JSON: Content-Type: application/json", details: { field: "Content-Type" } },
  422: { code: "RULE_VIOLATED", message: "These symbols share 3 returns; a correlation needs 20", details: { field: "symbols", shared: 3 } },
  429: { code: "RATE_LIMITED", message: "The limit of 100 requests an hour is used up; try again in 1260 s", details: { limit: "requests-per-hour", group: "market", allowed: 100, retryAfterSeconds: 1_260, nextTier: "PRO" } },
  500: { code: "INTERNAL", message: "Something went wrong", details: {} },
  503: { code: "UPSTREAM_UNAVAILABLE", message: "The database cannot be reached just now; nothing was lost", details: {} },
};

const errorExample = (status: string): Json => ({ success: false, error: { ...ERROR_EXAMPLES[status], requestId: "5b0c5d3e-6a51-4b8e-9b70-3d1f2a4c7e90" }, timestamp: EXAMPLE_TIME });

const limitHeaders = (): Json => ({
  "X-RateLimit-Limit": { description: `Requests of the tightest limit: by plan ${Object.entries(REQUESTS_PER_HOUR).map(([tier, limit]) => `${tier.toLowerCase()} ${limit ?? "unlimited"}`).join(", ")} an hour, and by group a minute`, schema: { type: "integer" } },
  "X-RateLimit-Remaining": { description: "Requests left in its window", schema: { type: "integer" } },
  "X-RateLimit-Reset": { description: "Seconds until its window ends", schema: { type: "integer" } },
  "X-Request-Id": { description: "Finds this request in our log", schema: { type: "string" } },
  "Retry-After": { description: "Seconds until it is worth asking again", schema: { type: "integer" } },
  "WWW-Authenticate": { description: "How to identify yourself", schema: { type: "string" } },
  ETag: { description: "Send it back as If-None-Match", schema: { type: "string" } },
});

const errorSchema = (): Json => ({
  type: "object",
  required: ["success", "error", "timestamp"],
  properties: {
    success: { const: false },
    error: {
      type: "object",
      required: ["code", "message", "details", "requestId"],
      properties: {
        code: { enum: [...ERROR_CODES, ...REQUEST_FAULTS] },
        message: { type: "string" },
        details: { type: "object", properties: { field: { type: "string" }, suggestions: { type: "array", items: { type: "string" } } } },
        requestId: { type: "string" },
      },
    },
    timestamp: { type: "string", format: "date-time" },
  },
  example: errorExample("404"),
});
