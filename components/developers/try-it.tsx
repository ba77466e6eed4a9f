"use client";

import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState, type FormEvent } from "react";
import type { ReferenceOperation } from "@/server/contracts/api-reference";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/input";
import { CodeBlock } from "./code-block";
import { useTryKey } from "./try-key";
import { tryRequest, typedOf } from "./try-request";

const SHOWN_CHARACTERS = 20_000;

type Outcome = { status: number; durationMs: number; remaining: string | null; text: string } | { failed: true };

/** Sends an operation from the page: as the pasted key, or as a guest. */
export function TryIt({ operation }: { operation: ReferenceOperation }) {
  const t = useTranslations("developers.try");
  const [open, setOpen] = useState(false);
  return open ? <TryForm operation={operation} /> : <Button size="md" className="self-start" onClick={() => setOpen(true)}><Play aria-hidden="true" />{t("open")}</Button>;
}

function TryForm({ operation }: { operation: ReferenceOperation }) {
  const t = useTranslations("developers.try");
  const id = useId();
  const key = useTryKey();
  const { fields, example, method, isPublic } = operation;
  const places = fields.filter((field) => field.in !== "body");
  const hasBody = method !== "GET" && method !== "DELETE";
  const [typed, setTyped] = useState<Record<string, string>>(() => Object.fromEntries(places.map(({ name }) => [name, typedOf(example[name])])));
  const [body, setBody] = useState(() => JSON.stringify(example, null, 2));
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const startedAt = performance.now();
    const request = tryRequest(operation, typed, body);
    try {
      // Without cookies: the API is opened by keys alone.
      const response = await fetch(request.url, { method, credentials: "omit", cache: "no-store", body: request.body, headers: { accept: "application/json", ...(request.body === undefined ? {} : { "content-type": "application/json" }), ...(key ? { authorization: `Bearer ${key}` } : {}) } });
      const text = await response.text();
      setOutcome({ status: response.status, durationMs: Math.round(performance.now() - startedAt), remaining: response.headers.get("x-ratelimit-remaining"), text: indented(text) });
    } catch {
      setOutcome({ failed: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)} className="flex min-w-0 flex-col gap-3 rounded-md border border-line bg-surface-1 p-3">
      {places.length > 0 && (
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {places.map(({ name, required }) => (
            <Field key={name} label={required ? `${name} *` : name} htmlFor={`${id}-${name}`}>
              <Input id={`${id}-${name}`} value={typed[name] ?? ""} required={required} onChange={(event) => setTyped({ ...typed, [name]: event.target.value })} spellCheck={false} autoComplete="off" className="font-mono" />
            </Field>
          ))}
        </div>
      )}
      {hasBody && (
        <Field label={t("body")} htmlFor={`${id}-body`}>
          <textarea id={`${id}-body`} rows={Math.min(14, body.split("\n").length + 1)} value={body} onChange={(event) => setBody(event.target.value)} spellCheck={false} className="w-full rounded-md border border-line-strong bg-surface-0 px-2.5 py-2 font-mono text-xs light:bg-surface-1 max-md:text-base" />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" size="md" disabled={busy || (!isPublic && key === "")}><Play aria-hidden="true" />{busy ? t("sending") : t("send")}</Button>
        <span className="text-xs text-muted">{key ? t("asKey") : isPublic ? t("asGuest") : t("needsKey")}</span>
      </div>
      <div role="status" className="flex min-w-0 flex-col gap-2">
        {outcome && ("failed" in outcome ? <p className="text-xs text-down">{t("failed")}</p> : (
          <>
            <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
              <Badge tone={outcome.status < 400 ? "up" : "down"} className="num">{outcome.status}</Badge>
              <span className="num">{outcome.durationMs} ms</span>
              {outcome.remaining !== null && <span className="num">{t("remaining", { count: Number(outcome.remaining) })}</span>}
            </p>
            <CodeBlock label={t("answer")} text={outcome.text} tall />
          </>
        ))}
      </div>
    </form>
  );
}

function indented(text: string): string {
  let shown = text;
  try {
    shown = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // What is no JSON is shown as it came.
  }
  return shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}\n…` : shown;
}
