-- CreateTable
CREATE TABLE "index_member" (
    "index" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "index_member_pkey" PRIMARY KEY ("index","symbol")
);
