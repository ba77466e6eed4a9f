/** Order of texts by code unit, for sorting: unlike `localeCompare` it is the same on every machine, and fast. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
