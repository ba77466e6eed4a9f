import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomSecret } from "./crypto";

/** The secret of this installation out of its data folder, made at the first start and readable by its owner alone. */
export function siteSecret(dataDir: string): string {
  const file = join(dataDir, "site-secret");
  mkdirSync(dataDir, { recursive: true });
  try {
    // Fails when the file is there, so that two starts at once end with one secret.
    writeFileSync(file, randomSecret(48), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}
