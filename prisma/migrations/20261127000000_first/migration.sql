-- CreateEnum
CREATE TYPE "Role" AS ENUM ('READER', 'OPERATOR', 'ADMIN');

-- CreateEnum
CREATE TYPE "IntegrationStatus" AS ENUM ('ACTIVE', 'INACTIVE', 'ERROR');

-- CreateEnum
CREATE TYPE "SyncStatus" AS ENUM ('QUEUED', 'RUNNING', 'WAITING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "SyncTrigger" AS ENUM ('FIRST', 'MANUAL', 'SCHEDULED');

-- CreateEnum
CREATE TYPE "WriteStatus" AS ENUM ('PENDING', 'SENT', 'APPLIED', 'REJECTED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "OrderStatus" AS ENUM ('PENDING', 'CONFIRMED', 'REJECTED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "IdentifierKind" AS ENUM ('PHONE', 'EMAIL', 'CARD');

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sealed_data_key" BYTEA NOT NULL,
    "event_number" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "integration" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "IntegrationStatus" NOT NULL DEFAULT 'ACTIVE',
    "sealed_credentials" BYTEA NOT NULL,
    "credential_preview" JSONB NOT NULL,
    "credential_generation" INTEGER NOT NULL DEFAULT 1,
    "identity" JSONB,
    "capabilities" TEXT[],
    "default_country" CHAR(2) NOT NULL DEFAULT 'RU',
    "requests_per_second" INTEGER,
    "sync_interval_minutes" INTEGER NOT NULL DEFAULT 60,
    "next_sync_at" TIMESTAMPTZ(3),
    "last_sync_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_message" TEXT,
    "error_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "integration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream_state" (
    "account_id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "state" JSONB,
    "records" INTEGER NOT NULL DEFAULT 0,
    "last_complete_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stream_state_pkey" PRIMARY KEY ("account_id","integration_id","stream")
);

-- CreateTable
CREATE TABLE "sync_run" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "active_for" UUID,
    "status" "SyncStatus" NOT NULL DEFAULT 'QUEUED',
    "trigger" "SyncTrigger" NOT NULL,
    "stage" TEXT,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "waiting_until" TIMESTAMPTZ(3),
    "wait_reason" TEXT,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "read" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "deleted" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "expected" INTEGER,
    "expected_is_guess" BOOLEAN NOT NULL DEFAULT false,
    "error_code" TEXT,
    "error_message" TEXT,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sync_run_stream" (
    "account_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "status" "SyncStatus" NOT NULL DEFAULT 'QUEUED',
    "cursor" JSONB,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "read" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "deleted" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "expected" INTEGER,
    "error_code" TEXT,
    "error_message" TEXT,

    CONSTRAINT "sync_run_stream_pkey" PRIMARY KEY ("account_id","run_id","stream")
);

-- CreateTable
CREATE TABLE "failed_record" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "raw" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "failed_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "account_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "integration_id" UUID,
    "subject_id" UUID,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_pkey" PRIMARY KEY ("account_id","number")
);

-- CreateTable
CREATE TABLE "write_attempt" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "subject_id" UUID NOT NULL,
    "status" "WriteStatus" NOT NULL DEFAULT 'PENDING',
    "lease_until" TIMESTAMPTZ(3),
    "upstream_status" INTEGER,
    "upstream_request_id" TEXT,
    "error_code" TEXT,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "write_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "integration_id" UUID,
    "details" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "upstream_budget" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "upstream_budget_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "guest" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT,
    "search_name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "merged_into" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "guest_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "guest_profile" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "guest_id" UUID NOT NULL,
    "evidence" JSONB NOT NULL,
    "name" TEXT,
    "search_name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "phone_as_given" TEXT,
    "birth_date" DATE,
    "language" TEXT,
    "avatar_url" TEXT,
    "purchases_total" INTEGER,
    "purchases_paid" INTEGER,
    "bill_average" DECIMAL(20,4),
    "spent_total" DECIMAL(20,4),
    "spent_paid" DECIMAL(20,4),
    "currency" CHAR(3),
    "reviews_positive" INTEGER,
    "reviews_neutral" INTEGER,
    "reviews_negative" INTEGER,
    "custom_fields" JSONB,
    "raw" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "source_created_at" TIMESTAMPTZ(3),
    "source_updated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "guest_profile_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "guest_identifier" (
    "account_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "kind" "IdentifierKind" NOT NULL,
    "value" TEXT NOT NULL,
    "as_given" TEXT NOT NULL,

    CONSTRAINT "guest_identifier_pkey" PRIMARY KEY ("account_id","profile_id","kind","value")
);

-- CreateTable
CREATE TABLE "identity_conflict" (
    "account_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,
    "kind" "IdentifierKind" NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_conflict_pkey" PRIMARY KEY ("account_id","profile_id","other_id","kind","value")
);

-- CreateTable
CREATE TABLE "venue" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "place_id" UUID,
    "name" TEXT NOT NULL,
    "address" TEXT,
    "phone" TEXT,
    "time_zone" TEXT,
    "currency" CHAR(3),
    "online" BOOLEAN,
    "custom_fields" JSONB,
    "raw" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "source_updated_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "venue_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "reservation" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "guest_profile_id" UUID,
    "venue_id" UUID,
    "status" TEXT NOT NULL,
    "native_status" TEXT,
    "starts_at_local" TIMESTAMP(3),
    "time_zone" TEXT,
    "starts_at" TIMESTAMPTZ(3),
    "duration_minutes" INTEGER,
    "party_size" INTEGER,
    "tables" TEXT[],
    "note" TEXT,
    "custom_fields" JSONB,
    "raw" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "source_updated_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reservation_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "order" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "vendor_id" TEXT,
    "guest_profile_id" UUID,
    "venue_id" UUID,
    "status" "OrderStatus" NOT NULL,
    "refund_status" "OrderStatus",
    "customer_phone" TEXT,
    "customer_email" TEXT,
    "currency" CHAR(3) NOT NULL,
    "total" DECIMAL(20,4) NOT NULL,
    "lines" JSONB NOT NULL,
    "payments" JSONB NOT NULL,
    "loyalty" JSONB,
    "fulfilment" JSONB NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "raw" JSONB,
    "digest" BYTEA,
    "source_updated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "lead" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "company_id" UUID,
    "name" TEXT,
    "company_name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "phone_as_given" TEXT,
    "status" TEXT,
    "native_status" TEXT,
    "custom_fields" JSONB,
    "raw" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "source_created_at" TIMESTAMPTZ(3),
    "source_updated_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "company" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "website" TEXT,
    "phone" TEXT,
    "custom_fields" JSONB,
    "raw" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "source_created_at" TIMESTAMPTZ(3),
    "source_updated_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "company_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "deal" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "guest_profile_id" UUID,
    "company_id" UUID,
    "name" TEXT NOT NULL,
    "stage" TEXT,
    "native_stage" TEXT,
    "amount" DECIMAL(20,4),
    "currency" CHAR(3),
    "closes_on" DATE,
    "custom_fields" JSONB,
    "raw" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "source_created_at" TIMESTAMPTZ(3),
    "source_updated_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deal_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "menu_item" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "venue_id" UUID,
    "name" TEXT NOT NULL,
    "group" TEXT,
    "price" DECIMAL(20,4),
    "currency" CHAR(3),
    "available" BOOLEAN,
    "custom_fields" JSONB,
    "raw" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "source_updated_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "menu_item_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateTable
CREATE TABLE "record" (
    "account_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "sync_status" "SyncStatus" NOT NULL DEFAULT 'SUCCEEDED',
    "fields" JSONB NOT NULL,
    "raw" JSONB NOT NULL,
    "digest" BYTEA NOT NULL,
    "source_updated_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "record_pkey" PRIMARY KEY ("account_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "api_key_account_id_created_at_id_idx" ON "api_key"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "integration_account_id_created_at_id_idx" ON "integration"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "integration_next_sync_at_idx" ON "integration"("next_sync_at");

-- CreateIndex
CREATE UNIQUE INDEX "integration_account_id_id_key" ON "integration"("account_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_run_active_for_key" ON "sync_run"("active_for");

-- CreateIndex
CREATE INDEX "sync_run_account_id_integration_id_queued_at_idx" ON "sync_run"("account_id", "integration_id", "queued_at");

-- CreateIndex
CREATE INDEX "sync_run_account_id_queued_at_id_idx" ON "sync_run"("account_id", "queued_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_run_account_id_id_key" ON "sync_run"("account_id", "id");

-- CreateIndex
CREATE INDEX "failed_record_account_id_run_id_idx" ON "failed_record"("account_id", "run_id");

-- CreateIndex
CREATE UNIQUE INDEX "failed_record_account_id_integration_id_stream_external_id_key" ON "failed_record"("account_id", "integration_id", "stream", "external_id");

-- CreateIndex
CREATE INDEX "event_account_id_subject_id_number_idx" ON "event"("account_id", "subject_id", "number");

-- CreateIndex
CREATE INDEX "event_created_at_idx" ON "event"("created_at");

-- CreateIndex
CREATE INDEX "write_attempt_account_id_subject_id_idx" ON "write_attempt"("account_id", "subject_id");

-- CreateIndex
CREATE INDEX "write_attempt_status_lease_until_idx" ON "write_attempt"("status", "lease_until");

-- CreateIndex
CREATE UNIQUE INDEX "write_attempt_account_id_idempotency_key_key" ON "write_attempt"("account_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "audit_entry_account_id_created_at_id_idx" ON "audit_entry"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "guest_account_id_search_name_id_idx" ON "guest"("account_id", "search_name", "id");

-- CreateIndex
CREATE INDEX "guest_account_id_changed_at_id_idx" ON "guest"("account_id", "changed_at", "id");

-- CreateIndex
CREATE INDEX "guest_account_id_created_at_id_idx" ON "guest"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "guest_account_id_merged_into_idx" ON "guest"("account_id", "merged_into");

-- CreateIndex
CREATE INDEX "guest_profile_account_id_guest_id_idx" ON "guest_profile"("account_id", "guest_id");

-- CreateIndex
CREATE INDEX "guest_profile_account_id_phone_idx" ON "guest_profile"("account_id", "phone");

-- CreateIndex
CREATE INDEX "guest_profile_account_id_email_idx" ON "guest_profile"("account_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "guest_profile_account_id_integration_id_external_id_key" ON "guest_profile"("account_id", "integration_id", "external_id");

-- CreateIndex
CREATE INDEX "guest_identifier_account_id_kind_value_idx" ON "guest_identifier"("account_id", "kind", "value");

-- CreateIndex
CREATE INDEX "identity_conflict_account_id_created_at_idx" ON "identity_conflict"("account_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "venue_account_id_integration_id_external_id_key" ON "venue"("account_id", "integration_id", "external_id");

-- CreateIndex
CREATE INDEX "reservation_account_id_guest_profile_id_idx" ON "reservation"("account_id", "guest_profile_id");

-- CreateIndex
CREATE INDEX "reservation_account_id_venue_id_starts_at_local_idx" ON "reservation"("account_id", "venue_id", "starts_at_local");

-- CreateIndex
CREATE UNIQUE INDEX "reservation_account_id_integration_id_external_id_key" ON "reservation"("account_id", "integration_id", "external_id");

-- CreateIndex
CREATE INDEX "order_account_id_guest_profile_id_idx" ON "order"("account_id", "guest_profile_id");

-- CreateIndex
CREATE INDEX "order_account_id_created_at_id_idx" ON "order"("account_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "order_account_id_integration_id_external_id_key" ON "order"("account_id", "integration_id", "external_id");

-- CreateIndex
CREATE INDEX "lead_account_id_phone_idx" ON "lead"("account_id", "phone");

-- CreateIndex
CREATE INDEX "lead_account_id_email_idx" ON "lead"("account_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "lead_account_id_integration_id_external_id_key" ON "lead"("account_id", "integration_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "company_account_id_integration_id_external_id_key" ON "company"("account_id", "integration_id", "external_id");

-- CreateIndex
CREATE INDEX "deal_account_id_guest_profile_id_idx" ON "deal"("account_id", "guest_profile_id");

-- CreateIndex
CREATE INDEX "deal_account_id_company_id_idx" ON "deal"("account_id", "company_id");

-- CreateIndex
CREATE UNIQUE INDEX "deal_account_id_integration_id_external_id_key" ON "deal"("account_id", "integration_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "menu_item_account_id_integration_id_external_id_key" ON "menu_item"("account_id", "integration_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "record_account_id_integration_id_type_external_id_key" ON "record"("account_id", "integration_id", "type", "external_id");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "integration" ADD CONSTRAINT "integration_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stream_state" ADD CONSTRAINT "stream_state_account_id_integration_id_fkey" FOREIGN KEY ("account_id", "integration_id") REFERENCES "integration"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run" ADD CONSTRAINT "sync_run_account_id_integration_id_fkey" FOREIGN KEY ("account_id", "integration_id") REFERENCES "integration"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_run_stream" ADD CONSTRAINT "sync_run_stream_account_id_run_id_fkey" FOREIGN KEY ("account_id", "run_id") REFERENCES "sync_run"("account_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand, because Prisma's language cannot say it.

-- Names sort the same on every server, whatever its collations ("ё" is written as "е", so C is alphabetical), and comparing bytes
-- makes the index cheaper to write.
ALTER TABLE "guest" ALTER COLUMN "search_name" TYPE text COLLATE "C";

-- "Every word that was typed begins a word of the name": the words of a name, and the account, so that one account's search
-- does not read another's names. The list of characters is `wordSeparators` of src/guests/names.ts.
CREATE INDEX "guest_words" ON "guest" USING gin (
  array_to_tsvector(array_remove(string_to_array(
    translate("search_name", '-.,''’"()/_', '          '), ' '), '') || ("account_id")::text)
);

-- Runs that somebody must look after: a handful, whatever the history.
CREATE INDEX "sync_run_active" ON "sync_run" ("status", "lease_until") WHERE "active_for" IS NOT NULL;

-- Guests that were merged away are few: their ids lead to the guest that they are now.
CREATE INDEX "guest_merged" ON "guest" ("account_id", "merged_into") WHERE "merged_into" IS NOT NULL;
