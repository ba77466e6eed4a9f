-- AlterTable
ALTER TABLE "outgoing_mail" ADD COLUMN     "held_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "inbox" BOOLEAN NOT NULL DEFAULT true;

-- CreateIndex
CREATE INDEX "outgoing_mail_held_until_idx" ON "outgoing_mail"("held_until");
