export type Note = { what: string; tag: string; data?: unknown; /** When it was written. */ at: number };

export type Notebook = {
  note(what: string, tag?: unknown, data?: unknown): void;
  noted(what: string, tag?: string): Note[];
  /** Tells apart what one test does from what the others do. */
  newTag(): string;
};

/** What the functions of a test did, in order. */
export function createNotebook(): Notebook {
  const notes: Note[] = [];
  let tags = 0;
  return {
    note: (what, tag = "", data) => void notes.push({ what, tag: String(tag), data, at: Date.now() }),
    noted: (what, tag) => notes.filter((entry) => entry.what === what && (tag === undefined || entry.tag === tag)),
    newTag: () => `tag-${++tags}`,
  };
}
