import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvFields, csvLines } from "./csv-lines";

const folder = mkdtempSync(join(tmpdir(), "csv-lines-"));

async function linesOf(name: string, content: string | Buffer): Promise<string[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const lines: string[] = [];
  for await (const { bytes } of csvLines(path)) lines.push(...bytes.toString().replace(/\n$/, "").split("\n"));
  return lines;
}

describe("csvFields", () => {
  it("splits plain and quoted fields", () => {
    expect(csvFields("a,b,,d")).toEqual(["a", "b", "", "d"]);
    expect(csvFields('MMM,"Saint Paul, Minnesota","say ""so""",1\r')).toEqual(["MMM", "Saint Paul, Minnesota", 'say "so"', "1"]);
    expect(csvFields("")).toEqual([""]);
  });

  it("refuses a quote that is left open or followed by text", () => {
    expect(csvFields('a,"b')).toBeNull();
    expect(csvFields('a,"b"c,d')).toBeNull();
  });

  it("reads back what was written", () => {
    const field = fc.string({ unit: fc.constantFrom("a", ",", '"', " ", "é", "1") });
    fc.assert(fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
      expect(csvFields(fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(","))).toEqual(fields);
    }));
  });
});

describe("csvLines", () => {
  it("gives the lines of plain and gzipped files, with or without an end of the last line", async () => {
    const text = Array.from({ length: 50_000 }, (_, index) => `${index},é`).join("\n");
    expect(await linesOf("a.csv", text)).toEqual(text.split("\n"));
    expect(await linesOf("a.csv.gz", gzipSync(`${text}\n`))).toEqual(text.split("\n"));
    expect(await linesOf("empty.csv", "")).toEqual([]);
  });

  it("fails on a gzip that is cut or damaged", async () => {
    const packed = gzipSync("a,b\n".repeat(100_000));
    await expect(linesOf("cut.csv.gz", packed.subarray(0, packed.length - 20))).rejects.toThrow();
    await expect(linesOf("text.csv.gz", "a,b\n")).rejects.toThrow();
  });
});
