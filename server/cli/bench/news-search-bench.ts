import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { systemCtx } from "@/server/runtime";
import { searchNews } from "@/server/services/news/search-news";

/** Searches the stored headlines with words of every frequency, phrases, beginnings and mistyped words, several at a time, and prints how long they took beside an empty query of the same pool. */
const { values } = parseArgs({ options: { searches: { type: "string", default: "500" }, concurrent: { type: "string", default: "10" } } });
const [count, concurrent] = [Number(values.searches), Number(values.concurrent)];
const ctx = systemCtx("bench");

const words = await ctx.db.$queryRaw<{ word: string }[]>`SELECT word FROM news_word WHERE length(word) > 3 ORDER BY articles DESC, word`;
if (words.length < 1_000) throw new Error("Import headlines first: npm run data:import -- <folder with news.csv.gz>");
// Every tenth of the vocabulary by frequency, on a logarithmic scale: common words are searched for as often as rare ones.
const at = (share: number) => words[Math.floor((words.length - 1) ** share)]!.word;
const pair = (k: number) => `${at(((k * 37) % 100) / 140)} ${at(((k * 53) % 100) / 140)}`;
const KINDS: readonly [string, (k: number) => string][] = [
  ["one word", (k) => at((k % 100) / 100)],
  ["two words", pair],
  ["phrase", (k) => ['"interest rates"', '"profit warning"', '"wall street"', '"job cuts"', '"oil prices"'][k % 5]!],
  ["beginning", (k) => `${at(((k * 29) % 100) / 100).slice(0, 4)}*`],
  ["without", (k) => `${at((k % 50) / 100)} -${at(((k + 7) % 50) / 100)}`],
  ["mistyped", (k) => at(0.3 + (k % 50) / 100).replace(/^(..)(.)(.)/, "$1$3$2")],
];

const quantile = (sorted: readonly number[], q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;

async function measure(run: (k: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    for (let k = next++; k < count; k = next++) {
      const start = performance.now();
      await run(k);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
  return times.sort((a, b) => a - b);
}

const line = (name: string, times: readonly number[], bare: number) => `${name.padEnd(12)} p50 ${quantile(times, 0.5).toFixed(1).padStart(7)} ms   p95 ${quantile(times, 0.95).toFixed(1).padStart(7)} ms   p99 ${quantile(times, 0.99).toFixed(1).padStart(7)} ms   ${(quantile(times, 0.95) / bare).toFixed(1).padStart(5)} x the empty query`;

await measure((k) => searchNews(ctx, { query: KINDS[k % KINDS.length]![1](k), sort: "relevance", limit: 20 }));
const bare = await measure(() => ctx.db.$queryRaw`SELECT 1`);
const [{ articles }] = (await ctx.db.$queryRaw<{ articles: number }[]>`SELECT count(*)::int AS articles FROM article`) as [{ articles: number }];
console.log(`${articles.toLocaleString("en-US")} articles, ${words.length.toLocaleString("en-US")} words; ${count} searches of each kind, ${concurrent} at a time, 20 shown`);
console.log(line("empty query", bare, quantile(bare, 0.95)));
const all: number[] = [];
for (const [name, queryOf] of KINDS) {
  const times = await measure((k) => searchNews(ctx, { query: queryOf(k), sort: "relevance", limit: 20 }));
  all.push(...times);
  console.log(line(name, times, quantile(bare, 0.95)));
}
console.log(line("all", all.sort((a, b) => a - b), quantile(bare, 0.95)));
await ctx.db.$disconnect();
process.exit(0);
