/** Hands a text to the browser as a file; of one that people read, the mark at the start tells spreadsheets that it is UTF-8. */
export function downloadText({ name, text, type }: { name: string; text: string; type: string }): void {
  const url = URL.createObjectURL(new Blob([...(type.startsWith("text/") ? ["\uFEFF"] : []), text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
