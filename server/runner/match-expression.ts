import { evaluate } from "@marcbachmann/cel-js";

/** Values that an expression may name: `event` is what started the run, `async` what came in now. */
export type ExpressionInput = { event: unknown; async?: unknown };

/** Whether a CEL condition holds. One that names a field which is not there does not; without a condition all match. */
export function matchesExpression(expression: string | null | undefined, input: ExpressionInput): boolean {
  if (!expression) return true;
  try {
    return evaluate(expression, input) === true;
  } catch {
    return false;
  }
}

/** The value of a CEL key as text; an expression that cannot be evaluated gives the same key for all. */
export function expressionKey(expression: string | undefined, input: ExpressionInput): string {
  if (!expression) return "";
  try {
    const value: unknown = evaluate(expression, input);
    return typeof value === "bigint" ? value.toString() : JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
