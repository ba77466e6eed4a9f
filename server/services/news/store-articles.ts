import { companyIndex, type CompanyIndex } from "@/server/domain/news/company-mentions";
import { headlineLikeness, headlineVocabulary, SAME_HEADLINE, telling } from "@/server/domain/news/headline-likeness";
import { timeOrderedIds } from "@/server/platform/time-ordered-ids";
import type { FiguresCtx } from "@/server/services/ctx";
import type { PreparedArticle } from "./prepare-article";

/** Days within which a headline that is said again is a copy and not news. */
const COPY_WITHIN_MS = 3 * 86_400_000;

/** Runs one statement with its values, in the transaction of the caller: the ORM's, or that of an import. */
export type SqlRunner = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

export type StoreArticlesInput = { articles: readonly PreparedArticle[]; provider: string; runId: string; now: Date };

/** Companies by the names under which headlines speak of them. */
export async function loadCompanyIndex(ctx: FiguresCtx): Promise<CompanyIndex> {
  return companyIndex(await ctx.db.company.findMany({ select: { ticker: true, name: true } }));
}

/**
 * Stores articles once: what is stored already and says the same is left alone, what was corrected is updated, a near-identical headline of the same three days
 * points to the first that said so. To be called within a transaction.
 *
 * @returns rows inserted or updated
 */
export async function storeArticles(run: SqlRunner, { articles, provider, runId, now }: StoreArticlesInput): Promise<number> {
  if (articles.length === 0) return 0;
  // Pages of a vendor overlap: the last word on an article counts.
  const prepared = [...new Map(articles.map((article) => [`${article.sourceKey} ${article.key}`, article])).values()].sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  const sources = await storeSources(run, prepared, now);
  const ids = timeOrderedIds(now, prepared.length);
  const heads = await findHeads(run, prepared, sources, ids);
  const byKey = new Map(prepared.map((article) => [`${sources.get(article.sourceKey)!} ${article.key}`, article]));
  const rows = prepared.map((article, at) => ({
    id: ids[at]!, source_id: sources.get(article.sourceKey)!, key: article.key, url: article.url, title: article.title, summary: article.summary, published_at: article.publishedAt, has_time: article.hasTime,
    category: article.category, bands: article.bands, duplicate_of_id: heads[at], sentiment: article.sentiment?.score ?? null, sentiment_confidence: article.sentiment?.confidence ?? null, sentiment_method: article.sentiment?.method ?? null,
  }));
  const written = await run(
    `INSERT INTO article (id, source_id, key, url, title, summary, published_at, has_time, category, bands, duplicate_of_id, sentiment, sentiment_confidence, sentiment_method, provider, run_id)
     SELECT id, source_id, key, url, title, summary, published_at, has_time, category, bands, duplicate_of_id, sentiment, sentiment_confidence, sentiment_method, $2, $3::uuid
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, source_id uuid, key text, url text, title text, summary text, published_at timestamptz, has_time boolean, category text, bands bigint[], duplicate_of_id uuid,
       sentiment double precision, sentiment_confidence double precision, sentiment_method text)
     ON CONFLICT (source_id, key) DO UPDATE SET title = excluded.title, summary = coalesce(excluded.summary, article.summary), published_at = excluded.published_at, has_time = excluded.has_time, category = excluded.category, bands = excluded.bands,
       sentiment = CASE WHEN article.sentiment_method = 'model' THEN article.sentiment ELSE excluded.sentiment END,
       sentiment_confidence = CASE WHEN article.sentiment_method = 'model' THEN article.sentiment_confidence ELSE excluded.sentiment_confidence END,
       sentiment_method = CASE WHEN article.sentiment_method = 'model' THEN article.sentiment_method ELSE excluded.sentiment_method END,
       provider = excluded.provider, run_id = excluded.run_id
     WHERE (article.title, article.published_at, article.has_time) IS DISTINCT FROM (excluded.title, excluded.published_at, excluded.has_time) OR (excluded.summary IS NOT NULL AND article.summary IS DISTINCT FROM excluded.summary)
     RETURNING id::text AS id, source_id::text AS source, key, (xmax = 0) AS is_new`,
    [JSON.stringify(rows), provider, runId],
  );
  await storeTags(run, written as Written[], byKey);
  await countWords(run, written as Written[], byKey);
  return written.length;
}

type Written = { id: string; source: string; key: string; is_new: boolean };

async function storeSources(run: SqlRunner, prepared: readonly PreparedArticle[], now: Date): Promise<Map<string, string>> {
  const byKey = new Map(prepared.map(({ sourceKey, source }) => [sourceKey, source]));
  // In one order, so that two runs at once wait for each other and do not lock each other out.
  const keys = [...byKey.keys()].sort();
  const ids = timeOrderedIds(now, keys.length);
  const rows = keys.map((key, at) => ({ id: ids[at], key, name: byKey.get(key)!.name.trim() || key, kind: byKey.get(key)!.kind, homepage: byKey.get(key)!.homepage ?? null }));
  await run(
    `INSERT INTO news_source (id, key, name, kind, homepage) SELECT id, key, name, kind::news_source_kind, homepage
     FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, key text, name text, kind text, homepage text) ON CONFLICT (key) DO NOTHING`,
    [JSON.stringify(rows)],
  );
  const stored = await run("SELECT id::text AS id, key FROM news_source WHERE key IN (SELECT jsonb_array_elements_text($1::jsonb))", [JSON.stringify(keys)]);
  return new Map(stored.map(({ id, key }) => [key as string, id as string]));
}

type Head = { id: string; at: number; words: ReadonlySet<string>; duplicateOf: string | null; source: string; key: string };

/** For each article the id of the first one that said nearly the same within three days; null for those that are first themselves. */
async function findHeads(run: SqlRunner, prepared: readonly PreparedArticle[], sources: ReadonlyMap<string, string>, ids: readonly string[]): Promise<(string | null)[]> {
  const times = prepared.map(({ publishedAt }) => publishedAt.getTime());
  const stored = await run(
    `SELECT id::text AS id, title, extract(epoch FROM published_at) * 1000 AS at, duplicate_of_id::text AS head, bands, source_id::text AS source, key FROM article
     WHERE bands && ARRAY(SELECT jsonb_array_elements_text($1::jsonb)::bigint) AND published_at BETWEEN $2::timestamptz AND $3::timestamptz`,
    [JSON.stringify([...new Set(prepared.flatMap(({ bands }) => bands))]), new Date(Math.min(...times) - COPY_WITHIN_MS).toISOString(), new Date(Math.max(...times) + COPY_WITHIN_MS).toISOString()],
  );
  const byBand = new Map<number, Head[]>();
  const remember = (head: Head, bands: readonly number[]) => {
    for (const band of bands) byBand.set(band, [...(byBand.get(band) ?? []), head]);
  };
  for (const { id, title, at, head, bands, source, key } of stored) {
    remember({ id: id as string, at: Number(at), words: telling(title as string), duplicateOf: head as string | null, source: source as string, key: key as string }, (bands as (bigint | string | number)[]).map(Number));
  }
  return prepared.map((article, index) => {
    const at = times[index]!;
    const source = sources.get(article.sourceKey)!;
    const like = [...new Set(article.bands.flatMap((band) => byBand.get(band) ?? []))]
      .filter((other) => !(other.source === source && other.key === article.key) && Math.abs(other.at - at) <= COPY_WITHIN_MS && headlineLikeness(article.words, other.words) >= SAME_HEADLINE)
      .sort((a, b) => a.at - b.at)[0];
    const head = like ? (like.duplicateOf ?? like.id) : null;
    remember({ id: ids[index]!, at, words: article.words, duplicateOf: head, source, key: article.key }, article.bands);
    return head;
  });
}

/** The tags of what was written now replace those it had. */
async function storeTags(run: SqlRunner, written: readonly Written[], byKey: ReadonlyMap<string, PreparedArticle>): Promise<void> {
  const changed = written.filter(({ is_new }) => !is_new).map(({ id }) => id);
  if (changed.length > 0) await run("DELETE FROM article_tag WHERE article_id IN (SELECT jsonb_array_elements_text($1::jsonb)::uuid)", [JSON.stringify(changed)]);
  const rows = written.flatMap(({ id, source, key }) => {
    const { tags, publishedAt } = byKey.get(`${source} ${key}`)!;
    return tags.map(({ kind, value }) => ({ article_id: id, kind, value, published_at: publishedAt }));
  });
  if (rows.length === 0) return;
  await run(
    `INSERT INTO article_tag (article_id, kind, value, published_at) SELECT article_id, kind::article_tag_kind, value, published_at
     FROM jsonb_to_recordset($1::jsonb) AS row (article_id uuid, kind text, value text, published_at timestamptz) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

/** Keeps the vocabulary of the headlines, which tells a mistyped word from one that is written so. */
async function countWords(run: SqlRunner, written: readonly Written[], byKey: ReadonlyMap<string, PreparedArticle>): Promise<void> {
  const counts = new Map<string, number>();
  for (const { source, key, is_new } of written) {
    if (!is_new) continue;
    for (const word of headlineVocabulary(byKey.get(`${source} ${key}`)!.title)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if (counts.size === 0) return;
  const rows = [...counts].map(([word, articles]) => ({ word, articles })).sort((a, b) => (a.word < b.word ? -1 : 1));
  await run("INSERT INTO news_word (word, articles) SELECT word, articles FROM jsonb_to_recordset($1::jsonb) AS row (word text, articles int) ON CONFLICT (word) DO UPDATE SET articles = news_word.articles + excluded.articles", [JSON.stringify(rows)]);
}
