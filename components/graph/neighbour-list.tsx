"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState, type KeyboardEvent } from "react";
import { numberText } from "@/components/format/number-text";
import { classNames } from "@/components/ui/class-names";
import type { ConnectionDto, GraphNodeDto } from "@/server/contracts/graph";
import { FocusSection } from "./focus-section";
import type { Neighbour } from "./graph-index";
import { NodeMark } from "./node-mark";
import type { OutcomeAtQuarter } from "./outcome-at-quarter";
import { useNodeText } from "./use-node-text";

const SHOWN = 12;

/** The strongest connections of a node, each with what says so; the arrow keys walk along them. */
export function NeighbourList({ of, neighbours, outcomes, onFocus }: { of: GraphNodeDto; neighbours: readonly Neighbour[]; outcomes: ReadonlyMap<string, OutcomeAtQuarter> | null; onFocus: (key: string) => void }) {
  const t = useTranslations("graph");
  const locale = useLocale();
  const { short, full, coverChange } = useNodeText();
  const evidence = useEvidenceText();
  const [all, setAll] = useState(false);
  const shown = all ? neighbours : neighbours.slice(0, SHOWN);
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[Math.min(buttons.length - 1, Math.max(0, now + (event.key === "ArrowDown" ? 1 : -1)))]?.focus();
  };
  return (
    <FocusSection title={t("neighbours")} detail={numberText(locale, neighbours.length)}>
      {neighbours.length === 0 && <p className="text-xs text-muted">{t("noNeighbours")}</p>}
      <ul onKeyDown={onKeyDown}>
        {shown.map(({ node, connection }) => {
          const delta = outcomes?.get(node.key)?.icrDelta ?? null;
          return (
            <li key={node.key}>
              <button type="button" onClick={() => onFocus(node.key)} className="focus-inset -mx-2 flex min-h-9 w-[calc(100%+16px)] items-center gap-2 rounded-sm px-2 py-1 text-left text-xs hover:bg-surface-2 max-md:min-h-11">
                <NodeMark kind={node.kind} />
                <span className="min-w-0 flex-1">
                  <span className="flex items-center gap-1.5"><span className="truncate font-medium">{node.kind === "company" ? full(node) : short(node)}</span>{delta !== null && <span className={classNames("text-2xs", delta < 0 ? "text-down" : "text-up")}>{delta < 0 ? "▼" : "▲"} {coverChange(delta)}</span>}</span>
                  <span className="block truncate text-2xs text-muted" title={connection.evidence?.text ?? undefined}>{t(connection.from === of.key ? "linkOut" : "linkIn", { kind: t(`links.${connection.kind}`) })} · {evidence(connection)}</span>
                </span>
                <StrengthBar strength={connection.strength} sign={connection.sign} label={t("strength", { value: numberText(locale, connection.strength, { maximumFractionDigits: 2 }) })} />
              </button>
            </li>
          );
        })}
      </ul>
      {neighbours.length > SHOWN && <button type="button" onClick={() => setAll(!all)} className="mt-1 text-xs font-medium text-accent hover:underline max-md:min-h-11">{all ? t("fewer") : t("allNeighbours", { count: neighbours.length })}</button>}
    </FocusSection>
  );
}

function StrengthBar({ strength, sign, label }: { strength: number; sign: number; label: string }) {
  return (
    <span className="flex w-14 flex-none items-center gap-1" title={label}>
      <span className="sr-only">{label}</span>
      <span aria-hidden="true" className="w-2 text-2xs text-muted">{sign > 0 ? "+" : sign < 0 ? "−" : ""}</span>
      <span aria-hidden="true" className="h-1 flex-1 overflow-hidden rounded-full bg-surface-3"><span className={classNames("block h-full rounded-full", sign < 0 ? "bg-down" : sign > 0 ? "bg-up" : "bg-faint")} style={{ width: `${strength * 100}%` }} /></span>
    </span>
  );
}

/** What stands behind a connection, in one line: the estimate with its error, the document, or that it is assumed. */
export function useEvidenceText(): (connection: ConnectionDto) => string {
  const t = useTranslations("graph");
  const locale = useLocale();
  const number = (value: number, digits = 2) => numberText(locale, value, { maximumFractionDigits: digits, minimumFractionDigits: digits });
  return ({ basis, elasticity, stdError, n, rSquared, significant, evidence }) => {
    if (basis === "estimated" && elasticity !== null) {
      const figures = t("estimate", { elasticity: number(elasticity), error: stdError === null ? "–" : number(stdError), n: n === null ? "–" : numberText(locale, n), r2: rSquared === null ? "–" : number(rSquared) });
      return significant === false ? `${figures} · ${t("notSignificant")}` : figures;
    }
    if (basis === "filed") {
      const document = [evidence?.company, evidence?.form, evidence?.year].filter((part) => part !== null && part !== undefined).join(" ");
      return `${t("namedIn", { document })} · ${t(evidence?.stated ? "strengthStated" : "strengthAssumed")}`;
    }
    return t(`basis.${basis}`);
  };
}
