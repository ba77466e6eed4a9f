-- CreateTable
CREATE TABLE "crypto_market" (
    "exchange" TEXT NOT NULL,
    "market" TEXT NOT NULL,
    "coin" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "name_en" TEXT,
    "name_ko" TEXT,
    "warning" TEXT,
    "listed_as_of" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "crypto_market_pkey" PRIMARY KEY ("exchange","market")
);

-- CreateTable
CREATE TABLE "crypto_ticker" (
    "exchange" TEXT NOT NULL,
    "market" TEXT NOT NULL,
    "coin" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "price" DOUBLE PRECISION NOT NULL,
    "previous_close" DOUBLE PRECISION,
    "change_24h" DOUBLE PRECISION,
    "high_24h" DOUBLE PRECISION,
    "low_24h" DOUBLE PRECISION,
    "volume_24h" DOUBLE PRECISION,
    "value_24h" DOUBLE PRECISION,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "crypto_ticker_pkey" PRIMARY KEY ("exchange","market")
);

-- CreateTable
CREATE TABLE "fx_rate" (
    "base" TEXT NOT NULL,
    "quote" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "provider" TEXT NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,
    "has_time" BOOLEAN NOT NULL,
    "source" TEXT,
    "run_id" UUID NOT NULL,

    CONSTRAINT "fx_rate_pkey" PRIMARY KEY ("base","quote","at","provider")
);

-- CreateTable
CREATE TABLE "coin_premium" (
    "exchange" TEXT NOT NULL,
    "coin" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "krw_price" DOUBLE PRECISION NOT NULL,
    "usd_price" DOUBLE PRECISION,
    "bank_rate" DOUBLE PRECISION,
    "bank_rate_at" TIMESTAMPTZ(3),
    "bank_rate_source" TEXT,
    "implied_rate" DOUBLE PRECISION,
    "bank" DOUBLE PRECISION,
    "implied" DOUBLE PRECISION,
    "dollar_coin" DOUBLE PRECISION,
    "fault" TEXT,
    "implied_fault" TEXT,
    "match" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "coin_premium_pkey" PRIMARY KEY ("exchange","coin","at")
);

-- CreateTable
CREATE TABLE "coin_part" (
    "coin" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "provider" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "url" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "coin_part_pkey" PRIMARY KEY ("coin","part")
);

-- CreateTable
CREATE TABLE "derivative_snapshot" (
    "coin" TEXT NOT NULL,
    "exchange" TEXT NOT NULL,
    "market" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "mark_price" DOUBLE PRECISION,
    "index_price" DOUBLE PRECISION,
    "funding_rate" DOUBLE PRECISION,
    "funding_hours" DOUBLE PRECISION,
    "next_funding_at" TIMESTAMPTZ(3),
    "open_interest" DOUBLE PRECISION,
    "open_interest_value" DOUBLE PRECISION,
    "long_short_ratio" DOUBLE PRECISION,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "derivative_snapshot_pkey" PRIMARY KEY ("coin","exchange","market","at")
);

-- CreateIndex
CREATE INDEX "crypto_market_coin_idx" ON "crypto_market"("coin");

-- CreateIndex
CREATE INDEX "crypto_ticker_quote_coin_idx" ON "crypto_ticker"("quote", "coin");

-- CreateIndex
CREATE INDEX "coin_premium_coin_at_idx" ON "coin_premium"("coin", "at");

-- CreateIndex
CREATE INDEX "coin_premium_at_idx" ON "coin_premium"("at");

-- CreateIndex
CREATE INDEX "coin_part_part_received_at_idx" ON "coin_part"("part", "received_at");

-- CreateIndex
CREATE INDEX "derivative_snapshot_at_idx" ON "derivative_snapshot"("at");
