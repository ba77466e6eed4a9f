import { createHash } from "node:crypto";
import type { EventBody, FunctionConfig } from "./inngest-payload";
import { expressionKey } from "./match-expression";

/** Name of a limit of a function for one value of its key: short, whatever the value is. */
export const flowKey = (config: FunctionConfig, what: string, expression: string | null | undefined, body: EventBody): string =>
  `${what} ${config.id} ${createHash("sha1").update(expressionKey(expression, body)).digest("base64url")}`;

/** A key that is false takes the event out of the limit. */
export const isLeftOut = (expression: string | null | undefined, body: EventBody): boolean => expressionKey(expression, body) === "false";
