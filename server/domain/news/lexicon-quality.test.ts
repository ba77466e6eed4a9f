import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { headlineSentiment, LEXICON_CONFUSION, LEXICON_QUALITY, SENTIMENT_LABELS, type SentimentLabel } from "./headline-sentiment";

/** The labelled sentences are not part of the project; where they lie beside it, the published figures are measured again. */
const FILE = join(import.meta.dirname, "../../../../shared/data/sentiment_labelled.csv.gz");
const isThere = existsSync(FILE);

type Labelled = { text: string; label: SentimentLabel };

describe("the quality of the lexicon", () => {
  it.skipIf(!isThere)(`is what the pages say it is${isThere ? "" : " (skipped: no labelled sentences beside the project)"}`, () => {
    const rows = parse<Labelled>(gunzipSync(readFileSync(FILE)), { columns: true });
    const matrix = new Map(SENTIMENT_LABELS.map((label) => [label, new Map(SENTIMENT_LABELS.map((said) => [said, 0]))]));
    for (const { text, label } of rows) {
      // No evidence counts as neutral here, where a label has to be given.
      const said = headlineSentiment(text)?.label ?? "neutral";
      const row = matrix.get(label)!;
      row.set(said, row.get(said)! + 1);
    }
    const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);
    const right = sum(SENTIMENT_LABELS.map((label) => matrix.get(label)!.get(label)!));
    const f1 = SENTIMENT_LABELS.map((label) => {
      const labelled = sum(matrix.get(label)!.values());
      const saidSo = sum(SENTIMENT_LABELS.map((other) => matrix.get(other)!.get(label)!));
      return (2 * matrix.get(label)!.get(label)!) / (labelled + saidSo);
    });
    const accuracy = right / rows.length;
    const macroF1 = sum(f1) / f1.length;
    const table = SENTIMENT_LABELS.map((label) => `${label.padEnd(9)} ${SENTIMENT_LABELS.map((said) => String(matrix.get(label)!.get(said)!).padStart(9)).join("")}`);
    process.stdout.write(`labelled   said ${SENTIMENT_LABELS.map((label) => label.padStart(9)).join("").slice(6)}\n${table.join("\n")}\naccuracy ${accuracy.toFixed(4)}, macro-F1 ${macroF1.toFixed(4)}, n ${rows.length}\n`);
    expect(Object.fromEntries([...matrix].map(([label, counts]) => [label, Object.fromEntries(counts)]))).toEqual(LEXICON_CONFUSION);
    expect(rows).toHaveLength(LEXICON_QUALITY.labelled);
    expect(Math.abs(accuracy - LEXICON_QUALITY.accuracy)).toBeLessThanOrEqual(0.005);
    expect(Math.abs(macroF1 - LEXICON_QUALITY.macroF1)).toBeLessThanOrEqual(0.005);
    expect(macroF1).toBeGreaterThanOrEqual(0.55);
  });
});
