import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { siteSecret } from "./site-secret";

it("makes one secret for its owner's eyes, and gives the same ever after", () => {
  const folder = mkdtempSync(join(tmpdir(), "nexus-secret-"));
  try {
    const first = siteSecret(join(folder, "data"));
    expect(first.length).toBeGreaterThanOrEqual(64);
    expect(siteSecret(join(folder, "data"))).toBe(first);
    expect(statSync(join(folder, "data", "site-secret")).mode & 0o777).toBe(0o600);
    expect(siteSecret(join(folder, "other"))).not.toBe(first);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
