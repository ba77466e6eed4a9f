import type { ReferenceField, ReferenceGroup, ReferenceOperation } from "@/server/contracts/api-reference";
import { appRouter } from "./app-router";
import { openapiDocument } from "./openapi";
import { typeOf, type Schema } from "./openapi-surface";
import { restRoutes } from "./rest-routes";

type Spec = {
  operationId: string;
  parameters: { name: string; in: "path" | "query" | "header"; required?: boolean; schema: Schema; example?: unknown }[];
  requestBody?: { content: Record<string, { schema: Schema; example: Record<string, unknown> }> };
  responses: Record<string, { content?: Record<string, { schema: Schema; example?: unknown }> }>;
};

/** The operations of the document by group, in words and types rather than schemas. */
export function openapiReference(): ReferenceGroup[] {
  const { paths } = openapiDocument({ serverUrl: "", version: "1" }) as { paths: Record<string, Record<string, Spec>> };
  const groups = new Map<string, ReferenceOperation[]>();
  for (const { method, path, scope, by, access, group } of restRoutes(appRouter)) {
    const { operationId, parameters, requestBody, responses } = paths[path]![method.toLowerCase()]!;
    const body = requestBody?.content["application/json"];
    const success = responses[Object.keys(responses).find((status) => status.startsWith("2"))!]?.content?.["application/json"];
    const asked = parameters.flatMap(({ name, in: place, required, schema }): ReferenceField[] => (place === "header" ? [] : [{ name, in: place, required: required ?? false, type: typeOf(schema) }]));
    const sent = Object.entries(body?.schema.properties ?? {}).map(([name, schema]): ReferenceField => ({ name, in: "body", required: body!.schema.required?.includes(name) ?? false, type: typeOf(schema) }));
    const name = path.split("/")[1]!;
    groups.set(name, [
      ...(groups.get(name) ?? []),
      {
        id: operationId, method, path, scope, group,
        isPublic: access === "public",
        byLogin: by === "login",
        fields: [...asked, ...sent],
        example: { ...Object.fromEntries(parameters.filter(({ example }) => example !== undefined).map((parameter) => [parameter.name, parameter.example])), ...body?.example },
        answerType: success?.schema.properties?.data ? typeOf(success.schema.properties.data) : "nothing",
        statuses: Object.keys(responses),
      },
    ]);
  }
  return [...groups].map(([name, operations]) => ({ name, operations }));
}
