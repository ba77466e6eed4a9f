-- CreateEnum
CREATE TYPE "social_network" AS ENUM ('X', 'TRUTH_SOCIAL');

-- CreateTable
CREATE TABLE "social_account" (
    "id" UUID NOT NULL,
    "network" "social_network" NOT NULL,
    "handle" TEXT NOT NULL,
    "name" TEXT,

    CONSTRAINT "social_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "social_post" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "network" "social_network" NOT NULL,
    "external_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "language" TEXT,
    "likes" INTEGER,
    "reposts" INTEGER,
    "replies" INTEGER,
    "quotes" INTEGER,
    "views" BIGINT,
    "repost_of" TEXT,
    "engagement" INTEGER,
    "tickers" TEXT[],
    "people" TEXT[],
    "topics" TEXT[],
    "sentiment" DOUBLE PRECISION,
    "sentiment_confidence" DOUBLE PRECISION,
    "moved_by" TEXT,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "social_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "social_watch" (
    "user_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "social_watch_pkey" PRIMARY KEY ("user_id","account_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "social_account_network_handle_key" ON "social_account"("network", "handle");

-- CreateIndex
CREATE INDEX "social_post_posted_at_id_idx" ON "social_post"("posted_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "social_post_account_id_posted_at_id_idx" ON "social_post"("account_id", "posted_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "social_post_tickers_idx" ON "social_post" USING GIN ("tickers");

-- CreateIndex
CREATE UNIQUE INDEX "social_post_network_external_id_key" ON "social_post"("network", "external_id");

-- CreateIndex
CREATE INDEX "social_watch_account_id_idx" ON "social_watch"("account_id");

-- AddForeignKey
ALTER TABLE "social_post" ADD CONSTRAINT "social_post_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "social_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "social_watch" ADD CONSTRAINT "social_watch_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "social_watch" ADD CONSTRAINT "social_watch_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "social_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema language cannot say.
ALTER TABLE social_post
  ADD CONSTRAINT social_post_sentiment_in_bounds CHECK (sentiment BETWEEN -1 AND 1 AND sentiment_confidence BETWEEN 0 AND 1),
  ADD CONSTRAINT social_post_counts_not_negative CHECK (likes >= 0 AND reposts >= 0 AND replies >= 0 AND quotes >= 0 AND views >= 0 AND engagement >= 0),
  ADD CONSTRAINT social_post_moved_by_known CHECK (moved_by IN ('ticker', 'engagement'));
