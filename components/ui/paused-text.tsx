"use client";

import { useEffect, useState, type ReactNode } from "react";

const TYPING_PAUSE_MS = 250;

type Props = { value: string; onSettled: (text: string) => void; children: (text: string, setText: (text: string) => void) => ReactNode };

/** Keeps what is typed apart from what is asked, so that each pause asks once. */
export function PausedText({ value, onSettled, children }: Props) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onSettled(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onSettled]);
  return children(text, setText);
}
