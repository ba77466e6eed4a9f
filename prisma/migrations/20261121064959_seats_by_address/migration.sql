-- DropForeignKey
ALTER TABLE "seat" DROP CONSTRAINT "seat_holder_id_fkey";

-- DropIndex
DROP INDEX "seat_holder_id_key";

-- AlterTable
ALTER TABLE "user_account" ADD COLUMN     "seats_granted" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "seat" DROP COLUMN "holder_id";

-- CreateIndex
CREATE INDEX "seat_email_idx" ON "seat"("email");
