-- CreateEnum
CREATE TYPE "earnings_when" AS ENUM ('BEFORE_OPEN', 'DURING', 'AFTER_CLOSE');

-- CreateEnum
CREATE TYPE "ipo_status" AS ENUM ('EXPECTED', 'PRICED', 'FILED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "event_importance" AS ENUM ('LOW', 'MEDIUM', 'HIGH');

-- CreateTable
CREATE TABLE "earnings_event" (
    "id" UUID NOT NULL,
    "symbol" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "when" "earnings_when",
    "fiscal_year" INTEGER,
    "fiscal_quarter" INTEGER,
    "currency" TEXT,
    "eps_estimate" DECIMAL(20,6),
    "eps_actual" DECIMAL(20,6),
    "revenue_estimate" DECIMAL(28,4),
    "revenue_actual" DECIMAL(28,4),
    "accession" TEXT,
    "provider" TEXT NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "earnings_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ipo_event" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "symbol" TEXT,
    "name" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "exchange" TEXT,
    "currency" TEXT,
    "price_low" DECIMAL(20,6),
    "price_high" DECIMAL(20,6),
    "shares" DECIMAL(28,4),
    "total_value" DECIMAL(28,4),
    "status" "ipo_status",
    "provider" TEXT NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "ipo_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "economic_event" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "importance" "event_importance",
    "unit" TEXT,
    "actual" DECIMAL(28,6),
    "estimate" DECIMAL(28,6),
    "previous" DECIMAL(28,6),
    "period" TEXT,
    "series_code" TEXT,
    "provider" TEXT NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "economic_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "earnings_event_date_symbol_idx" ON "earnings_event"("date", "symbol");

-- CreateIndex
CREATE UNIQUE INDEX "earnings_event_symbol_date_key" ON "earnings_event"("symbol", "date");

-- CreateIndex
CREATE INDEX "ipo_event_date_key_idx" ON "ipo_event"("date", "key");

-- CreateIndex
CREATE UNIQUE INDEX "ipo_event_key_date_key" ON "ipo_event"("key", "date");

-- CreateIndex
CREATE INDEX "economic_event_at_id_idx" ON "economic_event"("at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "economic_event_country_name_at_key" ON "economic_event"("country", "name", "at");

ALTER TABLE earnings_event ADD CONSTRAINT earnings_event_quarter CHECK (fiscal_quarter BETWEEN 1 AND 4);
ALTER TABLE ipo_event ADD CONSTRAINT ipo_event_price_range CHECK (price_low <= price_high);
