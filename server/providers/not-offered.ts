import { AppError } from "@/server/domain/app-error";
import type { VendorId } from "./capabilities";

/** Of a question that the vendor has no answer to by its nature. Thrown outside of its `run`: another vendor is asked, and the breaker counts nothing. */
export const notOffered = (provider: VendorId, what: string): AppError => new AppError("UPSTREAM_UNAVAILABLE", `${provider}: ${what}`, { provider, reason: "not-offered" });
