"use client";

import { useState } from "react";
import { Segmented } from "../ui/segmented";
import { CodeBlock } from "./code-block";

const NAMES = { curl: "curl", typescript: "TypeScript", python: "Python" } as const;
type Language = keyof typeof NAMES;

/** The same in each language; the choice is the reader's. */
export function CodeSamples({ samples, label }: { samples: Partial<Record<Language, string>>; label: string }) {
  const languages = (Object.keys(NAMES) as Language[]).filter((language) => samples[language] !== undefined);
  const [language, setLanguage] = useState<Language>(languages[0]!);
  return (
    <div className="flex min-w-0 flex-col items-start gap-2">
      <Segmented label={label} value={language} onChange={setLanguage} options={languages.map((value) => ({ value, label: NAMES[value] }))} />
      <div className="w-full min-w-0"><CodeBlock label={`${label}: ${NAMES[language]}`} text={samples[language]!} tall /></div>
    </div>
  );
}
