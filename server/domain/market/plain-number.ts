const [DOT, MINUS, ZERO, NINE] = [46, 45, 48, 57] as const;
const SCIENTIFIC = /^-?\d+(\.\d+)?[eE][+-]?\d+$/;

/** The number that a table cell writes: digits, one point, a leading minus, an exponent. NaN for everything else that `Number` would take: blanks, hexadecimal, infinities. */
export function plainNumber(text: string): number {
  const { length } = text;
  let points = 0;
  let digits = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) digits += 1;
    else if (code === DOT) points += 1;
    else if (code !== MINUS || at !== 0) return SCIENTIFIC.test(text) ? Number(text) : Number.NaN;
  }
  return digits > 0 && points <= 1 ? Number(text) : Number.NaN;
}
