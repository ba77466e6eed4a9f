"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReferenceOperation } from "@/server/contracts/api-reference";
import { Badge } from "../ui/badge";
import { AnswerExample } from "./answer-example";
import { TryIt } from "./try-it";

const METHOD_COLOUR: Record<string, string> = { GET: "text-estimated", POST: "text-up", PUT: "text-warn", PATCH: "text-warn", DELETE: "text-down" };

/** One operation: closed a line; opened, and only then made, its fields, an answer and a form to try it. */
export function OperationCard({ operation }: { operation: ReferenceOperation }) {
  const t = useTranslations("developers");
  const { id, method, path } = operation;
  const [opened, setOpened] = useState(false);
  return (
    <details id={id} onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)} className="group scroll-mt-14 border-b border-line last:border-b-0">
      <summary className="focus-inset flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-surface-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 flex-none text-faint transition-transform group-open:rotate-90" />
        <span className={`w-12 flex-none font-mono text-xs font-semibold ${METHOD_COLOUR[method] ?? ""}`}>{method}</span>
        <code className="font-mono text-xs font-medium break-all">{path}</code>
        <span className="min-w-0 text-xs text-muted md:ml-auto">{t(`operations.${id}`)}</span>
      </summary>
      {opened && <OperationBody operation={operation} />}
    </details>
  );
}

function OperationBody({ operation }: { operation: ReferenceOperation }) {
  const t = useTranslations("developers");
  const { method, path, scope, isPublic, byLogin, group, fields, answerType, statuses } = operation;
  return (
    <div className="flex min-w-0 flex-col gap-4 border-t border-line bg-surface-0 p-4 light:bg-surface-1">
      <p className="flex flex-wrap gap-2"><Badge className="font-mono">{scope}</Badge><Badge tone={isPublic ? "up" : "neutral"}>{t(isPublic ? "reference.guests" : byLogin ? "reference.loginNeeded" : "reference.keyNeeded")}</Badge><Badge>{t("reference.group", { group })}</Badge></p>
      {fields.length > 0 && (
        <div className="overflow-x-auto">
          <table aria-label={t("reference.fields")} className="w-full text-left text-xs">
            <thead className="text-2xs text-muted"><tr className="border-b border-line"><th scope="col" className="py-1.5 pr-4 font-medium">{t("reference.name")}</th><th scope="col" className="py-1.5 pr-4 font-medium">{t("reference.place")}</th><th scope="col" className="py-1.5 font-medium">{t("reference.type")}</th></tr></thead>
            <tbody>
              {fields.map((field) => (
                <tr key={`${field.in} ${field.name}`} className="border-b border-line align-top last:border-b-0">
                  <td className="py-1.5 pr-4 font-mono font-medium whitespace-nowrap">{field.name}{field.required && <span className="text-down" title={t("reference.required")}> *</span>}</td>
                  <td className="py-1.5 pr-4 whitespace-nowrap text-muted">{t(`reference.in.${field.in}`)}</td>
                  <td className="py-1.5 font-mono break-words text-muted">{field.type.replaceAll("|", " | ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="flex min-w-0 flex-col gap-1.5">
        <h4 className="text-xs font-medium">{t.rich("reference.answers", { type: () => <code className="font-mono text-muted">{answerType}</code> })}</h4>
        <AnswerExample method={method} path={path} />
        <p className="font-mono text-2xs text-muted">{statuses.join("  ")}</p>
      </div>
      <TryIt operation={operation} />
    </div>
  );
}
