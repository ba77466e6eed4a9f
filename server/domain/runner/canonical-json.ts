/** JSON with the keys of every object sorted (RFC 8785, for values that came out of JSON): what both sides of a signature sign. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const source = value as Record<string, unknown>;
  // A key such as __proto__ must stay an ordinary one.
  const target = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(source).sort()) target[key] = sorted(source[key]);
  return target;
}
