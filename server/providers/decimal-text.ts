import { Decimal } from "decimal.js";

/** A number of JSON in plain digits, as it was written: never with an exponent. What is missing stays null. */
export const decimalText = (told: number | null | undefined): string | null => (told === null || told === undefined ? null : new Decimal(told).toFixed());
