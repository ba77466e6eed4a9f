-- AlterTable
ALTER TABLE "user_account" ADD COLUMN     "password_expires_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "sign_in_failure" (
    "subject" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "retry_after" TIMESTAMPTZ(3),
    "last_failed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("subject","source")
);

-- CreateIndex
CREATE INDEX "sign_in_failure_last_failed_at_idx" ON "sign_in_failure"("last_failed_at");
