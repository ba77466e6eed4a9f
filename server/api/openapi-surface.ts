type Json = Record<string, unknown>;
export type Schema = { $ref?: string; type?: string | string[]; enum?: unknown[]; const?: unknown; properties?: Record<string, Schema>; required?: string[]; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[]; prefixItems?: Schema[]; additionalProperties?: Schema | boolean; format?: string };

/** What programs rely on, one line each: operations, their inputs, what they answer, and every field of every schema. */
export function apiSurface(document: Json): string[] {
  const { paths, components } = document as { paths: Record<string, Record<string, Json>>; components: { schemas: Record<string, Schema> } };
  const operations = Object.entries(paths).flatMap(([path, byMethod]) => Object.entries(byMethod).flatMap(([method, operation]) => operationLines(`${method.toUpperCase()} ${path}`, operation)));
  const schemas = Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, schema]) => fieldLines(name, schema));
  return [...operations, ...schemas];
}

function operationLines(name: string, operation: Json): string[] {
  const parameters = (operation.parameters as { name: string; in: string; required?: boolean; schema: Schema }[]).map((parameter) => `${name} ${parameter.in} ${parameter.name} = ${typeOf(parameter.schema)}${parameter.required ? "" : "?"}`);
  const body = (operation.requestBody as { content: Record<string, { schema: Schema }> } | undefined)?.content["application/json"]?.schema;
  const responses = operation.responses as Record<string, { content?: Record<string, { schema: Schema }> }>;
  const success = Object.keys(responses).find((status) => status.startsWith("2"))!;
  const data = responses[success]?.content?.["application/json"]?.schema.properties?.data;
  return [`${name} = ${success} ${data ? typeOf(data) : "nothing"} ${JSON.stringify(operation.security)}`, ...parameters, ...(body ? fieldLines(`${name} body`, body) : [])];
}

const fieldLines = (name: string, { properties = {}, required = [] }: Schema): string[] => Object.entries(properties).map(([field, schema]) => `${name} ${field} = ${typeOf(schema)}${required.includes(field) ? "" : "?"}`);

/** A schema in a few words. */
export function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1)!;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join("|");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join("|");
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
  if (schema.type === "array") return `(${schema.items ? typeOf(schema.items) : "any"})[]`;
  if (schema.properties) return `{ ${fieldLines("", schema).map((line) => line.trim()).join("; ")} }`;
  if (typeof schema.additionalProperties === "object") return `record of ${typeOf(schema.additionalProperties)}`;
  return [schema.type ?? "any"].flat().join("|") + (schema.format ? ` ${schema.format}` : "");
}
