-- CreateEnum
CREATE TYPE "runner_run_status" AS ENUM ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "runner_job_kind" AS ENUM ('DISCOVER', 'STEP', 'WAKE', 'TIMEOUT', 'GATEWAY');

-- CreateEnum
CREATE TYPE "runner_wait_kind" AS ENUM ('EVENT', 'SIGNAL', 'INVOKE', 'CANCEL');

-- CreateTable
CREATE TABLE "runner_function" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runner_function_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runner_cron" (
    "function_id" TEXT NOT NULL,
    "expression" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runner_cron_pkey" PRIMARY KEY ("function_id","expression")
);

-- CreateTable
CREATE TABLE "runner_event" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "name" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "runner_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runner_run" (
    "id" TEXT NOT NULL,
    "function_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "event_name" TEXT NOT NULL,
    "events" JSONB NOT NULL,
    "status" "runner_run_status" NOT NULL DEFAULT 'RUNNING',
    "output" JSONB,
    "error" JSONB,
    "stack" TEXT[],
    "pending" TEXT[],
    "force_plan" BOOLEAN NOT NULL DEFAULT false,
    "parent_run_id" TEXT,
    "parent_step_id" TEXT,
    "limit_keys" TEXT[],
    "limit_sizes" INTEGER[],
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "runner_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runner_step" (
    "run_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "memo" JSONB,
    "race" BOOLEAN NOT NULL DEFAULT false,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "runner_step_pkey" PRIMARY KEY ("run_id","step_id")
);

-- CreateTable
CREATE TABLE "runner_job" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "kind" "runner_job_kind" NOT NULL,
    "step_id" TEXT NOT NULL DEFAULT '',
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "again" BOOLEAN NOT NULL DEFAULT false,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "leased_by" TEXT,
    "leased_at" TIMESTAMPTZ(3),
    "refused_since" TIMESTAMPTZ(3),
    "payload" JSONB,

    CONSTRAINT "runner_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runner_wait" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "kind" "runner_wait_kind" NOT NULL,
    "step_id" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL,
    "expression" TEXT,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "runner_wait_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "runner_cron_next_at_idx" ON "runner_cron"("next_at");

-- CreateIndex
CREATE INDEX "runner_event_received_at_idx" ON "runner_event"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "runner_event_name_external_id_key" ON "runner_event"("name", "external_id");

-- CreateIndex
CREATE INDEX "runner_run_queued_at_id_idx" ON "runner_run"("queued_at" DESC, "id");

-- CreateIndex
CREATE INDEX "runner_run_status_ended_at_idx" ON "runner_run"("status", "ended_at");

-- CreateIndex
CREATE INDEX "runner_run_event_id_idx" ON "runner_run"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "runner_run_function_id_event_id_key" ON "runner_run"("function_id", "event_id");

-- CreateIndex
CREATE INDEX "runner_job_run_at_id_idx" ON "runner_job"("run_at", "id");

-- CreateIndex
CREATE INDEX "runner_job_leased_by_idx" ON "runner_job"("leased_by");

-- CreateIndex
CREATE UNIQUE INDEX "runner_job_run_id_kind_step_id_key" ON "runner_job"("run_id", "kind", "step_id");

-- CreateIndex
CREATE INDEX "runner_wait_kind_subject_idx" ON "runner_wait"("kind", "subject");

-- CreateIndex
CREATE INDEX "runner_wait_run_id_step_id_idx" ON "runner_wait"("run_id", "step_id");

-- CreateIndex
CREATE INDEX "outbox_event_sent_at_created_at_idx" ON "outbox_event"("sent_at", "created_at");

-- AddForeignKey
ALTER TABLE "runner_cron" ADD CONSTRAINT "runner_cron_function_id_fkey" FOREIGN KEY ("function_id") REFERENCES "runner_function"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runner_step" ADD CONSTRAINT "runner_step_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runner_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runner_job" ADD CONSTRAINT "runner_job_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runner_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runner_wait" ADD CONSTRAINT "runner_wait_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runner_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
