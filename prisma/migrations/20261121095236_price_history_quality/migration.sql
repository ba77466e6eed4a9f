-- CreateEnum
CREATE TYPE "bar_issue_status" AS ENUM ('OPEN', 'RESOLVED', 'IGNORED');

-- AlterTable
ALTER TABLE "instrument" ADD COLUMN     "bars_adjusted_for" TEXT;

-- AlterTable
ALTER TABLE "price_bar" ADD COLUMN     "split_factor" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "stock_split" (
    "instrument_id" UUID NOT NULL,
    "ex_date" DATE NOT NULL,
    "from" DECIMAL(28,10) NOT NULL,
    "to" DECIMAL(28,10) NOT NULL,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "stock_split_pkey" PRIMARY KEY ("instrument_id","ex_date")
);

-- CreateTable
CREATE TABLE "split_adjustment" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "ex_date" DATE NOT NULL,
    "factor" DOUBLE PRECISION NOT NULL,
    "bars" INTEGER NOT NULL,
    "first_time" TIMESTAMPTZ(3) NOT NULL,
    "last_time" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "split_adjustment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dividend" (
    "instrument_id" UUID NOT NULL,
    "ex_date" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(28,10) NOT NULL,
    "currency" TEXT NOT NULL,
    "pay_date" DATE,
    "record_date" DATE,
    "declared_on" DATE,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "dividend_pkey" PRIMARY KEY ("instrument_id","ex_date","kind")
);

-- CreateTable
CREATE TABLE "latest_quote" (
    "instrument_id" UUID NOT NULL,
    "price" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "currency" TEXT NOT NULL,
    "open" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "low" DOUBLE PRECISION,
    "previous_close" DOUBLE PRECISION,
    "volume" DOUBLE PRECISION,
    "bid" DOUBLE PRECISION,
    "ask" DOUBLE PRECISION,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "latest_quote_pkey" PRIMARY KEY ("instrument_id")
);

-- CreateTable
CREATE TABLE "bar_issue" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "interval" "bar_interval" NOT NULL,
    "kind" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "last_time" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "measure" DOUBLE PRECISION,
    "note" TEXT,
    "status" "bar_issue_status" NOT NULL DEFAULT 'OPEN',
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bar_issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bar_series_score" (
    "instrument_id" UUID NOT NULL,
    "interval" "bar_interval" NOT NULL,
    "score" INTEGER NOT NULL,
    "bars" INTEGER NOT NULL,
    "issues" INTEGER NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bar_series_score_pkey" PRIMARY KEY ("instrument_id","interval")
);

-- CreateTable
CREATE TABLE "quarantined_bar" (
    "id" UUID NOT NULL,
    "instrument_id" UUID NOT NULL,
    "interval" "bar_interval" NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "open" DOUBLE PRECISION NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "close" DOUBLE PRECISION NOT NULL,
    "volume" DOUBLE PRECISION NOT NULL,
    "origin" "price_origin" NOT NULL,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "split_factor" DOUBLE PRECISION,
    "reason" TEXT NOT NULL,
    "quarantined_at" TIMESTAMPTZ(3) NOT NULL,
    "restored_at" TIMESTAMPTZ(3),

    CONSTRAINT "quarantined_bar_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "split_adjustment_instrument_id_ex_date_idx" ON "split_adjustment"("instrument_id", "ex_date");

-- CreateIndex
CREATE INDEX "bar_issue_status_kind_id_idx" ON "bar_issue"("status", "kind", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bar_issue_instrument_id_interval_kind_time_key" ON "bar_issue"("instrument_id", "interval", "kind", "time");

-- CreateIndex
CREATE INDEX "bar_series_score_score_instrument_id_interval_idx" ON "bar_series_score"("score", "instrument_id", "interval");

-- CreateIndex
CREATE INDEX "quarantined_bar_instrument_id_interval_time_idx" ON "quarantined_bar"("instrument_id", "interval", "time");

-- CreateIndex
CREATE INDEX "quarantined_bar_quarantined_at_id_idx" ON "quarantined_bar"("quarantined_at" DESC, "id");

-- AddForeignKey
ALTER TABLE "stock_split" ADD CONSTRAINT "stock_split_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "split_adjustment" ADD CONSTRAINT "split_adjustment_instrument_id_ex_date_fkey" FOREIGN KEY ("instrument_id", "ex_date") REFERENCES "stock_split"("instrument_id", "ex_date") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dividend" ADD CONSTRAINT "dividend_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "latest_quote" ADD CONSTRAINT "latest_quote_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bar_issue" ADD CONSTRAINT "bar_issue_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bar_series_score" ADD CONSTRAINT "bar_series_score_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quarantined_bar" ADD CONSTRAINT "quarantined_bar_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE CASCADE ON UPDATE CASCADE;
