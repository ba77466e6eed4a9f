/** A number, or a decimal as it crosses the wire. */
export type Numeric = number | string;

type Options = Intl.NumberFormatOptions;

const formatters = new Map<string, Intl.NumberFormat>();

// Building a formatter costs a hundred times as much as using it; a table has thousands of cells.
function formatter(locale: string, options: Options): Intl.NumberFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  const found = formatters.get(key) ?? new Intl.NumberFormat(locale, options);
  formatters.set(key, found);
  return found;
}

/** Intl keeps every digit of a decimal string, which `Number` would not. */
const exact = (value: Numeric) => value as Intl.StringNumericLiteral;

// Intl writes a hyphen; beside digits of one width a true minus is as wide as the plus.
const withMinus = (text: string) => text.replace(/^-|(?<=^\D*)-(?=\d)/, "−");

export function numberText(locale: string, value: Numeric, options: Options = {}): string {
  return withMinus(formatter(locale, options).format(exact(value)));
}

/** A figure in its own notation, or the dash of what is not known. */
export const valueText = (value: number | null | undefined, format: (value: number) => string): string => (value === null || value === undefined ? "–" : format(value));

const signed = (on: boolean | undefined): Options => (on ? { signDisplay: "exceptZero" } : {});
const digitsOf = (digits: number): Options => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });

export type SignedDigits = { digits?: number; signed?: boolean };

/** 0.0534 gives 5.3%. */
export function percentText(locale: string, fraction: number, { digits = 1, signed: sign }: SignedDigits = {}): string {
  return numberText(locale, fraction, { style: "percent", ...digitsOf(digits), ...signed(sign) });
}

/** 0.0125 gives 125 bp. Half a basis point is shown only where it is asked for. */
export function basisPointsText(locale: string, fraction: number, { digits = 0, signed: sign }: SignedDigits = {}): string {
  return `${numberText(locale, fraction * 10_000, { ...digitsOf(digits), ...signed(sign) })} bp`;
}

/** 0.0125 gives 1.25 pp: a difference of two percentages. */
export function percentagePointsText(locale: string, fraction: number, { digits = 2, signed: sign }: SignedDigits = {}): string {
  return `${numberText(locale, fraction * 100, { ...digitsOf(digits), ...signed(sign) })} pp`;
}

/** 2.61 gives 2.61×; from 100 on the decimals say nothing and are left out. */
export function multipleText(locale: string, value: number, { digits = 2, signed: sign }: SignedDigits = {}): string {
  const shown = Math.abs(value) >= 100 ? 0 : digits;
  return `${numberText(locale, value, { ...digitsOf(shown), ...signed(sign) })}×`;
}

/** Three figures with the locale's own word for thousand, million, billion: 1.24B, 12.4억. */
const COMPACT: Options = { notation: "compact", minimumSignificantDigits: 3, maximumSignificantDigits: 3 };

export type MoneyOptions = { currency: string; abbreviate?: boolean; digits?: number; signed?: boolean };

export function moneyText(locale: string, amount: Numeric, { currency, abbreviate = false, digits, signed: sign }: MoneyOptions): string {
  const money: Options = { style: "currency", currency, currencyDisplay: "narrowSymbol", ...signed(sign) };
  const compact = abbreviate && Math.abs(Number(amount)) >= 10_000;
  return numberText(locale, amount, { ...money, ...(compact ? COMPACT : digits === undefined ? {} : digitsOf(digits)) });
}

export type QuantityOptions = { digits?: number; abbreviate?: boolean; signed?: boolean };

/** A plain number; without `digits` up to four figures after the point, as many as it has. */
export function quantityText(locale: string, value: Numeric, { digits, abbreviate = false, signed: sign }: QuantityOptions = {}): string {
  const compact = abbreviate && Math.abs(Number(value)) >= 10_000;
  return numberText(locale, value, { ...signed(sign), ...(compact ? COMPACT : digits === undefined ? { maximumFractionDigits: 4 } : digitsOf(digits)) });
}
