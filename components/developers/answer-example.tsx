"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { CodeBlock } from "./code-block";

type Document = { paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, { example?: unknown }> }> }>> };

async function loadDocument(): Promise<Document> {
  const response = await fetch("/api/v1/openapi.json", { credentials: "omit" });
  if (!response.ok) throw new Error(`openapi.json: ${response.status}`);
  return (await response.json()) as Document;
}

/** What the operation answered to its example; the document that has it is asked for once, for all of them. */
export function AnswerExample({ method, path }: { method: string; path: string }) {
  const t = useTranslations("developers.reference");
  const { data, error } = useQuery({ queryKey: ["openapi.json"], queryFn: loadDocument, staleTime: Infinity });
  if (error) return <p className="text-xs text-down">{t("answerFailed")}</p>;
  const answers = data?.paths[path]?.[method.toLowerCase()]?.responses;
  if (!answers) return <div aria-hidden="true" className="h-40 animate-pulse rounded-md border border-line bg-surface-2" />;
  const example = Object.entries(answers).find(([status]) => status.startsWith("2"))?.[1].content?.["application/json"]?.example;
  return example === undefined ? null : <CodeBlock label={`${t("answerExample")} ${method} ${path}`} text={JSON.stringify(example, null, 2)} />;
}
