import type { Ctx } from "@/server/services/ctx";
import { API_ROOT, handleRest } from "./handle-rest";
import { restCtxOf } from "./rest-ctx";

type Json = Record<string, unknown>;
export type Operation = { method: string; path: string; scope: string; isPublic: boolean; /** No key opens it, only a person who has signed in. */ byLogin: boolean; pathNames: string[]; example: Json; input: Json; responses: Record<string, Json>; spec: Json };
type Parameter = { name: string; in: string; required?: boolean; schema: Json; example?: unknown };

/** The operations of a description of the API, each with its input as one object: for drills that know the API by its document alone. */
export function operationsOf(document: Json): Operation[] {
  return Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, spec]) => {
      const parameters = (spec.parameters as Parameter[]).filter((parameter) => parameter.in !== "header" && parameter.name !== "fields");
      const body = (spec.requestBody as { content: Record<string, { schema: { properties: Json; required: string[] }; example: Json }> } | undefined)?.content["application/json"];
      const security = spec.security as { apiKey?: string[]; login?: string[] }[];
      return {
        method: method.toUpperCase(),
        path,
        scope: security.flatMap(({ apiKey, login }) => apiKey ?? login ?? [])[0]!,
        isPublic: security.some((way) => Object.keys(way).length === 0),
        byLogin: !security.some(({ apiKey }) => apiKey),
        pathNames: parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name),
        example: { ...Object.fromEntries(parameters.filter(({ example }) => example !== undefined).map(({ name, example }) => [name, example])), ...body?.example },
        input: { ...Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])), ...body?.schema.properties },
        responses: spec.responses as Record<string, Json>,
        spec,
      };
    }),
  );
}

export type RestCall = { headers?: Record<string, string>; query?: Record<string, string>; rawBody?: string; address?: string };

/** The request that calls an operation with an input, as a program would write it. */
export function requestOf({ method, path, pathNames }: Operation, input: Json, { headers = {}, query = {}, rawBody }: RestCall = {}): Request {
  const text = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(wellFormed(text(input[name] ?? ""))));
  const url = new URL(`http://api.test${API_ROOT}${filled}`);
  const rest = Object.entries(input).filter(([name]) => !pathNames.includes(name));
  const hasBody = method !== "GET" && method !== "DELETE";
  if (!hasBody) for (const [name, value] of rest) for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, text(one));
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  const body = hasBody ? (rawBody ?? (rest.length > 0 ? JSON.stringify(Object.fromEntries(rest)) : undefined)) : undefined;
  return new Request(url, { method, headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers }, body });
}

/** A lone surrogate has no place in an address. */
const wellFormed = (text: string) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

/** Sends a request through the whole of the API, as the web server does. */
export function sendRest(ctx: Ctx, request: Request, { address = "203.0.113.9" }: { address?: string } = {}): Promise<Response> {
  return handleRest(request, (requestId) => restCtxOf(ctx, request.headers, { address, userAgent: "drill", place: "", requestId }));
}
