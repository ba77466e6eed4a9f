import { config } from "zod";

// Zod tries whether it may compile its checks. In the browser the content security policy says no, and would report each try.
if (typeof window !== "undefined") config({ jitless: true });
