-- AlterTable
ALTER TABLE "user_account" ALTER COLUMN "seats_granted" DROP NOT NULL,
ALTER COLUMN "seats_granted" DROP DEFAULT;

-- 0 stood for "nothing was agreed".
UPDATE "user_account" SET "seats_granted" = NULL WHERE "seats_granted" = 0;

-- CreateTable
CREATE TABLE "usage_day" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "surface" TEXT NOT NULL,
    "limit_group" TEXT NOT NULL,
    "day" TIMESTAMPTZ(3) NOT NULL,
    "requests" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "usage_day_day_idx" ON "usage_day"("day");

-- CreateIndex
CREATE UNIQUE INDEX "usage_day_user_id_surface_limit_group_day_key" ON "usage_day"("user_id", "surface", "limit_group", "day");
