import { parse, type ASTNode } from "@marcbachmann/cel-js";

/** Values that an expression may name: `event` is what started the run, `async` what came in now. */
export type ExpressionInput = { event: unknown; async?: unknown };

/** Whether a CEL condition holds; without a condition all match. */
export function matchesExpression(expression: string | null | undefined, input: ExpressionInput): boolean {
  if (!expression) return true;
  try {
    return evaluate(expression, input) === true;
  } catch {
    return false;
  }
}

/** The value of a CEL expression about the event that starts a run; null when it cannot be evaluated. */
export function expressionValue(expression: string, event: unknown): unknown {
  try {
    return evaluate(expression, { event }) ?? null;
  } catch {
    return null;
  }
}

/** The value of a CEL key as text; an expression that has none gives the same key for all. */
export function expressionKey(expression: string | null | undefined, event: unknown): string {
  if (!expression) return "";
  const value = expressionValue(expression, event);
  if (value === null) return "";
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value) ?? "";
}

/** Those of the expressions of a function that are no CEL. */
export const brokenExpressions = (expressions: readonly (string | null | undefined)[]): string[] => expressions.filter((text): text is string => Boolean(text) && !isCel(text!));

function isCel(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** To Inngest a field that is not there is null; to plain CEL it is an error. */
function evaluate(expression: string, input: ExpressionInput): unknown {
  const program = parse(expression);
  try {
    return program(input);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("No such key")) throw error;
    const filled = structuredClone(input) as Record<string, unknown>;
    for (const path of fieldsIn(program.ast)) fillWithNull(filled, path);
    return program(filled);
  }
}

type Field = readonly string[];

/** The fields that an expression names, such as event.data.id. */
function fieldsIn(node: unknown): Field[] {
  if (Array.isArray(node)) return node.flatMap(fieldsIn);
  if (!isNode(node)) return [];
  const field = fieldOf(node);
  return field ? [field] : fieldsIn(node.args);
}

const isNode = (value: unknown): value is ASTNode => typeof value === "object" && value !== null && "op" in value && "args" in value;

function fieldOf(node: ASTNode): Field | null {
  if (node.op === "id") return [node.args];
  if (node.op !== "." && node.op !== "[]") return null;
  const [owner, key] = node.args as [ASTNode, unknown];
  const name = typeof key === "string" ? key : isNode(key) && key.op === "value" && typeof key.args === "string" ? key.args : null;
  const before = fieldOf(owner);
  return before && name !== null ? [...before, name] : null;
}

function fillWithNull(value: Record<string, unknown>, [name, ...rest]: Field): void {
  if (name === undefined || Array.isArray(value)) return;
  if (rest.length === 0) return void (Object.hasOwn(value, name) || define(value, name, null));
  const inner = Object.hasOwn(value, name) ? value[name] : null;
  if (typeof inner === "object" && inner !== null) return fillWithNull(inner as Record<string, unknown>, rest);
  if (inner !== null && inner !== undefined) return;
  const made: Record<string, unknown> = {};
  define(value, name, made);
  fillWithNull(made, rest);
}

/** A field of any name, __proto__ included. */
const define = (target: Record<string, unknown>, name: string, value: unknown) => Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
