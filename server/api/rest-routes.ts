import type { AnyTRPCProcedure, AnyTRPCRouter } from "@trpc/server";
import type { z } from "zod";
import type { AccessRule } from "@/server/domain/account/access";
import type { LimitGroup } from "@/server/domain/account/rate-limits";
import type { RestMeta } from "./procedures";
import { groupOf } from "./request-meter";

export type RestRoute = RestMeta & {
  /** Path of the procedure: market.getCompany. */
  procedure: string;
  type: "query" | "mutation";
  access: AccessRule;
  group: LimitGroup;
  /** Names in the path's braces, in order. */
  pathFields: string[];
  pattern: RegExp;
  input: z.ZodObject | null;
  output: z.ZodType;
};

type Def = { type: "query" | "mutation"; inputs: z.ZodObject[]; output?: z.ZodType; meta?: { access?: AccessRule; limit?: LimitGroup; rest?: RestMeta | readonly RestMeta[] } };

/** Every procedure that `meta.rest` publishes, in the order of its paths; a path without braces comes before one with them. */
export function restRoutes(router: AnyTRPCRouter): RestRoute[] {
  const procedures = Object.entries(router._def.procedures as Record<string, AnyTRPCProcedure>);
  return procedures
    .flatMap(([procedure, { _def }]) => {
      const { type, inputs, output, meta } = _def as unknown as Def;
      if (!meta?.rest) return [];
      if (!output) throw new Error(`${procedure} is published and declares no output`);
      return [meta.rest].flat().map((rest) => ({ ...rest, procedure, type, access: meta.access ?? "admin", group: meta.limit ?? groupOf(procedure), pathFields: [...rest.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!), pattern: patternOf(rest.path), input: inputs.at(-1) ?? null, output }));
    })
    .sort((a, b) => (a.path.replaceAll("{", "~") < b.path.replaceAll("{", "~") ? -1 : 1));
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, "([^/]+)")}$`);

export type RouteMatch = { route: RestRoute; pathInput: Record<string, string> } | { allowed: string[] };

/** The route of a request; where the path exists and the method does not, the methods that do. */
export function matchRoute(routes: readonly RestRoute[], method: string, path: string): RouteMatch {
  const matching = routes.filter(({ pattern }) => pattern.test(path));
  // A fixed path wins over one with a name in it: companies/export over companies/{ticker}.
  const fixed = matching.filter(({ pathFields }) => pathFields.length === Math.min(...matching.map((route) => route.pathFields.length)));
  const route = fixed.find((candidate) => candidate.method === method);
  if (!route) return { allowed: [...new Set(fixed.map((candidate) => candidate.method))] };
  const values = route.pattern.exec(path)!.slice(1);
  return { route, pathInput: Object.fromEntries(route.pathFields.map((name, i) => [name, decodePart(values[i]!)])) };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone percent sign is nobody's name and is refused by the schema or not found.
    return part;
  }
}
