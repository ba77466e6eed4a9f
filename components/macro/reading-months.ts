/** Months of history of inflation and the policy rate; the server prepares exactly what the page asks for. */
export const READING_MONTHS = 200;
