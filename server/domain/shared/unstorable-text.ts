/**
 * Where a value of an input holds text that no database column can keep (a NUL character): the path of the first one, in dots,
 * "" for the value itself; null when there is none. Walks without recursion, so that deep input cannot exhaust the stack.
 */
export function unstorableText(input: unknown): string | null {
  const open: { value: unknown; path: string }[] = [{ value: input, path: "" }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === "string" && value.includes("\0")) return path;
    if (typeof value !== "object" || value === null) continue;
    const below = Object.entries(value).reverse();
    const name = below.find(([key]) => key.includes("\0"));
    if (name) return path;
    for (const [key, inside] of below) open.push({ value: inside, path: path === "" ? key : `${path}.${key}` });
  }
  return null;
}
