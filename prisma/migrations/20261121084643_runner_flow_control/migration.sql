-- AlterTable
ALTER TABLE "runner_run" ADD COLUMN     "finish_by" TIMESTAMPTZ(3),
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "singleton_key" TEXT,
ADD COLUMN     "start_by" TIMESTAMPTZ(3),
ADD COLUMN     "started_at" TIMESTAMPTZ(3),
ADD COLUMN     "throttle_key" TEXT;

-- CreateTable
CREATE TABLE "runner_limit" (
    "key" TEXT NOT NULL,
    "arrival_ms" DOUBLE PRECISION NOT NULL,
    "free_ms" DOUBLE PRECISION NOT NULL,
    "is_waited" BOOLEAN NOT NULL,

    CONSTRAINT "runner_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "runner_hold" (
    "function_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "event_ids" TEXT[],
    "bytes" INTEGER NOT NULL DEFAULT 0,
    "latest_ts" DOUBLE PRECISION NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runner_hold_pkey" PRIMARY KEY ("function_id","key")
);

-- CreateIndex
CREATE INDEX "runner_limit_free_ms_idx" ON "runner_limit"("free_ms");

-- CreateIndex
CREATE INDEX "runner_limit_arrival_ms_idx" ON "runner_limit"("arrival_ms");

-- CreateIndex
CREATE INDEX "runner_hold_due_at_idx" ON "runner_hold"("due_at");

-- CreateIndex
CREATE INDEX "runner_run_function_id_singleton_key_idx" ON "runner_run"("function_id", "singleton_key");

-- CreateIndex
CREATE INDEX "runner_run_start_by_idx" ON "runner_run"("start_by");

-- CreateIndex
CREATE INDEX "runner_run_finish_by_idx" ON "runner_run"("finish_by");
