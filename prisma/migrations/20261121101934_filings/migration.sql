-- CreateTable
CREATE TABLE "filing" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "form" TEXT NOT NULL,
    "filed_on" DATE NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "report_date" DATE,
    "accession" TEXT NOT NULL,
    "document_url" TEXT NOT NULL,
    "items" TEXT[],
    "provider" TEXT NOT NULL,
    "known_at" TIMESTAMPTZ(3) NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "filing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "debt_maturity" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "period_end" DATE NOT NULL,
    "year" INTEGER NOT NULL,
    "amount" DECIMAL(28,4) NOT NULL,
    "currency" TEXT NOT NULL,
    "filed_on" DATE NOT NULL,
    "accession" TEXT,
    "provider" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "debt_maturity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "filing_company_id_filed_on_idx" ON "filing"("company_id", "filed_on" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "filing_company_id_accession_key" ON "filing"("company_id", "accession");

-- CreateIndex
CREATE UNIQUE INDEX "debt_maturity_company_id_period_end_year_key" ON "debt_maturity"("company_id", "period_end", "year");

-- AddForeignKey
ALTER TABLE "filing" ADD CONSTRAINT "filing_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "debt_maturity" ADD CONSTRAINT "debt_maturity_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;
