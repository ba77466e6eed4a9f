-- CreateEnum
CREATE TYPE "news_source_kind" AS ENUM ('FEED', 'VENDOR', 'IMPORT');

-- CreateEnum
CREATE TYPE "article_tag_kind" AS ENUM ('TICKER', 'PERSON', 'TOPIC', 'NODE');

-- CreateTable
CREATE TABLE "news_source" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "news_source_kind" NOT NULL,
    "homepage" TEXT,

    CONSTRAINT "news_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article" (
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "url" TEXT,
    "title" TEXT NOT NULL,
    "summary" TEXT,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "has_time" BOOLEAN NOT NULL,
    "category" TEXT NOT NULL,
    "bands" BIGINT[],
    "duplicate_of_id" UUID,
    "sentiment" DOUBLE PRECISION,
    "sentiment_confidence" DOUBLE PRECISION,
    "sentiment_method" TEXT,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_tag" (
    "article_id" UUID NOT NULL,
    "kind" "article_tag_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "article_tag_pkey" PRIMARY KEY ("article_id","kind","value")
);

-- CreateTable
CREATE TABLE "news_word" (
    "word" TEXT NOT NULL,
    "articles" INTEGER NOT NULL,

    CONSTRAINT "news_word_pkey" PRIMARY KEY ("word")
);

-- CreateIndex
CREATE UNIQUE INDEX "news_source_key_key" ON "news_source"("key");

-- CreateIndex
CREATE INDEX "article_published_at_id_idx" ON "article"("published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_source_id_published_at_id_idx" ON "article"("source_id", "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_category_published_at_id_idx" ON "article"("category", "published_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "article_bands_idx" ON "article" USING GIN ("bands");

-- CreateIndex
CREATE INDEX "article_duplicate_of_id_idx" ON "article"("duplicate_of_id");

-- CreateIndex
CREATE UNIQUE INDEX "article_source_id_key_key" ON "article"("source_id", "key");

-- CreateIndex
CREATE INDEX "article_tag_kind_value_published_at_article_id_idx" ON "article_tag"("kind", "value", "published_at" DESC, "article_id" DESC);

-- AddForeignKey
ALTER TABLE "article" ADD CONSTRAINT "article_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "news_source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article" ADD CONSTRAINT "article_duplicate_of_id_fkey" FOREIGN KEY ("duplicate_of_id") REFERENCES "article"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_tag" ADD CONSTRAINT "article_tag_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say: the words that are searched, in English for meaning ("rates" finds "rate") with the title before the summary.
ALTER TABLE article ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', coalesce(summary, '')), 'C')) STORED;
CREATE INDEX article_search_idx ON article USING gin (search);
-- How often common words stand in headlines decides between the index of words and the newest first; the default keeps too few of them.
ALTER TABLE article ALTER COLUMN search SET STATISTICS 1000;
CREATE INDEX news_word_trgm_idx ON news_word USING gin (word gin_trgm_ops);
ALTER TABLE article
  ADD CONSTRAINT article_sentiment_in_bounds CHECK (sentiment BETWEEN -1 AND 1 AND sentiment_confidence BETWEEN 0 AND 1),
  ADD CONSTRAINT article_sentiment_has_method CHECK ((sentiment IS NULL) = (sentiment_method IS NULL)),
  ADD CONSTRAINT article_no_copy_of_itself CHECK (duplicate_of_id <> id),
  ADD CONSTRAINT article_title_not_empty CHECK (title <> '');
