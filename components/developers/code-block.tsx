"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

/** Text to copy, in its own scroll area. */
export function CodeBlock({ text, label, tall = false }: { text: string; label: string; tall?: boolean }) {
  const t = useTranslations("developers");
  const [copied, setCopied] = useState(false);
  return (
    <div className="relative min-w-0">
      <pre tabIndex={0} aria-label={label} className={`overflow-auto rounded-md border border-line bg-surface-0 p-3 pr-12 font-mono text-xs leading-5 light:bg-surface-2 ${tall ? "max-h-[28rem]" : "max-h-80"}`}><code>{text}</code></pre>
      <button type="button" aria-label={copied ? t("copied") : `${t("copy")}: ${label}`} onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))} className="absolute top-1.5 right-1.5 grid size-8 place-items-center rounded-md border border-line bg-surface-1 text-muted hover:text-text max-md:size-10">
        {copied ? <Check aria-hidden="true" className="size-3.5 text-up" /> : <Copy aria-hidden="true" className="size-3.5" />}
      </button>
    </div>
  );
}
