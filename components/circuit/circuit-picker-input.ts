import type { SectorCode } from "@/server/contracts/market";

/** What the picker asks for, the same on the server, which starts it, and in the browser, which shows it. */
export const pickerInput = (search: string, sector: SectorCode | null) => ({ search: search.trim().slice(0, 80), sector, sort: "ticker" as const, order: "asc" as const, limit: 200 });
