/** What zod keeps its settings in, from before its own code runs. */
type ZodSettings = { __zod_globalConfig?: { jitless?: boolean } };

// Zod tries whether it may compile its checks. In the browser the content security policy says no, and would report each try. Said here without zod, which not every page loads.
if (typeof window !== "undefined") (globalThis as ZodSettings).__zod_globalConfig = { jitless: true };

export {};
