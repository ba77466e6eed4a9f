/** The description of the public API as the page for developers shows it. */
export type ReferenceField = { name: string; in: "path" | "query" | "body"; required: boolean; type: string };
export type ReferenceOperation = {
  id: string;
  method: string;
  path: string;
  scope: string;
  /** Guests may call it without a key. */
  isPublic: boolean;
  /** No key opens it, only the token of a person who has signed in. */
  byLogin: boolean;
  /** Its limit a minute. */
  group: string;
  fields: ReferenceField[];
  example: Record<string, unknown>;
  answerType: string;
  statuses: string[];
};
export type ReferenceGroup = { name: string; operations: ReferenceOperation[] };
