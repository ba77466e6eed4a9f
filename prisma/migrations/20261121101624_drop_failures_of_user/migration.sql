-- AlterTable
ALTER TABLE "user_account" DROP COLUMN "failed_sign_ins",
DROP COLUMN "retry_after";
