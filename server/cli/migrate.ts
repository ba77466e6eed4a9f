import { join } from "node:path";
import { AppError } from "@/server/domain/app-error";
import { applyMigrations } from "@/server/platform/apply-migrations";
import { readEnv } from "@/server/platform/env";

const { DATABASE_URL } = readEnv();
if (!DATABASE_URL) throw new AppError("INVALID_INPUT", "DATABASE_URL is not set; `npm start` migrates the embedded database by itself", { field: "DATABASE_URL" });

const applied = await applyMigrations(DATABASE_URL, join(import.meta.dirname, "../../prisma"));
console.log(applied.length === 0 ? "Nothing to migrate." : `Applied ${applied.join(", ")}.`);
