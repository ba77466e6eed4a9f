-- AlterTable
ALTER TABLE "runner_step" DROP COLUMN "race";
