/** What page and view both ask for, so that the server's answer is the one the view reads; a day that is none is left out. */
export const seriesInput = (code: string, asOf: string | null): { code: string; asOf?: string } => (asOf !== null && /^\d{4}-\d{2}-\d{2}$/.test(asOf) && !Number.isNaN(Date.parse(asOf)) ? { code, asOf } : { code });
