import { z } from "zod";
import { ROLES, TIERS } from "@/server/domain/account/access";
import { apiKey } from "./api-key";
import { isoDate, pageInput, pageOf, ticker } from "./common";
import { CONNECTION_BASES, evidence } from "./graph";
import { detailedHealth } from "./health";
import { instrumentKind, sectorCode } from "./market";

const role = z.enum(ROLES);
const tier = z.enum(TIERS);
const count = z.number().int();
const instant = z.iso.datetime();
/** Why somebody does it; the audit log keeps it. */
const reason = z.string().trim().min(3, "Say why in a few words").max(500);
const line = (max: number) => z.string().trim().min(1).max(max);
/** `updatedAt` of what was changed, as its editor saw it: when somebody else has changed it since, nothing is done. */
const seenAt = instant.optional();
const words = z.string().trim().max(200).default("");

/** What a mutation answers that gives nothing back. */
export const done = z.object({ done: z.literal(true) });

export const procedureFigures = z.object({ name: z.string(), calls: count, refused: count, failed: count, p50Ms: z.number().nullable(), p95Ms: z.number().nullable(), p99Ms: z.number().nullable() });

export const ingestFreshness = z.object({ provider: z.string(), subject: z.string(), lastStatus: z.enum(["RUNNING", "SUCCEEDED", "FAILED"]), lastStartedAt: instant, lastSucceededAt: instant.nullable(), asOf: instant.nullable(), /** Of the last run, where it failed. */ lastError: z.string().nullable() });
export type IngestFreshnessDto = z.infer<typeof ingestFreshness>;

export const overview = z.object({
  health: detailedHealth,
  /** Of the process that answers; others count apart. */
  process: z.object({ since: instant, calls: count, refused: count, failed: count, procedures: z.array(procedureFigures), cache: z.object({ hits: count, misses: count, entries: count }) }),
  ingest: z.array(ingestFreshness),
  signUps: z.object({ total: count, day: count, week: count, month: count, byDay: z.array(z.object({ date: z.string(), count })) }),
  mail: z.object({ waiting: count, failed: count }),
});
export type OverviewDto = z.infer<typeof overview>;

/** What a moderator sees first. */
export const desk = z.object({ connections: z.array(z.object({ kind: z.string(), open: count, verified: count })), ingest: z.array(ingestFreshness) });
export type DeskDto = z.infer<typeof desk>;

// People

export const adminUser = z.object({
  id: z.uuid(), email: z.string().nullable(), emailVerified: z.boolean(), name: z.string().nullable(), handle: z.string(), role, tier,
  lockedAt: instant.nullable(), erasedAt: instant.nullable(), createdAt: instant, lastUsedAt: instant.nullable(),
});
export type AdminUserDto = z.infer<typeof adminUser>;
export const listUsersInput = pageInput.extend({ search: words, role: role.nullish(), tier: tier.nullish(), locked: z.boolean().nullish() });
export type ListUsersInput = z.infer<typeof listUsersInput>;
export const adminUserPage = pageOf(adminUser);

export const adminAuditEntry = z.object({
  id: z.uuid(), at: instant, action: z.string(), actorId: z.string().nullable(), actor: z.string().nullable(), subjectId: z.string().nullable(), subject: z.string().nullable(),
  address: z.string(), requestId: z.string(), details: z.record(z.string(), z.unknown()),
});
export type AdminAuditEntryDto = z.infer<typeof adminAuditEntry>;

export const adminSession = z.object({ id: z.uuid(), device: z.string(), address: z.string(), place: z.string(), createdAt: instant, lastUsedAt: instant, expiresAt: instant, impersonated: z.boolean() });

export const userDetail = adminUser.extend({
  lockedReason: z.string().nullable(), mfaEnabledAt: instant.nullable(), requestsPerHour: count.nullable(), erasureRequestedAt: instant.nullable(), locale: z.string(), timeZone: z.string(),
  providers: z.array(z.string()), seatsGranted: count.nullable(), sessions: z.array(adminSession), apiKeys: z.array(apiKey), audit: z.array(adminAuditEntry),
  /** Of the caller: what is refused there anyway need not be offered. */
  self: z.boolean(),
});
export type UserDetailDto = z.infer<typeof userDetail>;
export const userInput = z.strictObject({ userId: z.uuid() });
export type UserInput = z.infer<typeof userInput>;
export const setRoleInput = z.strictObject({ userId: z.uuid(), role, reason });
export type SetRoleInput = z.infer<typeof setRoleInput>;
export const lockUserInput = z.strictObject({ userId: z.uuid(), reason });
export type LockUserInput = z.infer<typeof lockUserInput>;
export const endedSessions = z.object({ ended: count });
export const impersonateInput = z.strictObject({ userId: z.uuid(), reason });
export type ImpersonateInput = z.infer<typeof impersonateInput>;

// Companies and instruments

const companyFields = {
  name: line(200),
  sector: sectorCode,
  industry: z.string().trim().max(200).nullable(),
  cik: z.string().regex(/^\d{10}$/, "A CIK has ten digits").nullable(),
  headquarters: z.string().trim().max(200).nullable(),
  founded: z.string().trim().max(40).nullable(),
  isFinancial: z.boolean(),
};
export const adminCompany = z.object({ ticker: z.string(), ...companyFields, sector: z.string(), cik: z.string().nullable(), provider: z.string(), statements: count, instruments: z.array(z.string()), updatedAt: instant });
export type AdminCompanyDto = z.infer<typeof adminCompany>;
export const listAdminCompaniesInput = pageInput.extend({ search: words });
export const adminCompanyPage = pageOf(adminCompany);
export const createCompanyInput = z.strictObject({ ticker, name: companyFields.name, sector: companyFields.sector, industry: companyFields.industry.default(null), cik: companyFields.cik.default(null), headquarters: companyFields.headquarters.default(null), founded: companyFields.founded.default(null), isFinancial: z.boolean().default(false) });
export type CreateCompanyInput = z.infer<typeof createCompanyInput>;
export const updateCompanyInput = z.strictObject({ ticker, ...z.object(companyFields).partial().shape, seenAt });
export type UpdateCompanyInput = z.infer<typeof updateCompanyInput>;
export const companyKeyInput = z.strictObject({ ticker });
/** What goes with a thing that is deleted. */
export const deletionImpact = z.object({
  key: z.string(), name: z.string(), instruments: z.array(z.string()), statements: count, bars: count, connections: count,
  /** Recorded figures go for good: the key has to be typed. */
  recorded: z.boolean(),
});
export type DeletionImpactDto = z.infer<typeof deletionImpact>;
export const deleteCompanyInput = z.strictObject({ ticker, confirm: z.string().max(20).default("") });
export type DeleteCompanyInput = z.infer<typeof deleteCompanyInput>;

export const CALENDARS = ["XNYS", "XNAS", "24/7"] as const;
const instrumentFields = { name: line(200), kind: instrumentKind, currency: z.string().regex(/^[A-Z]{3,5}$/, "A currency has three to five capital letters"), calendar: z.enum(CALENDARS), company: ticker.nullable() };
export const adminInstrument = z.object({ symbol: z.string(), ...instrumentFields, calendar: z.string(), currency: z.string(), company: z.string().nullable(), priceOrigin: z.enum(["SIMULATED", "RECORDED"]), provider: z.string(), lastBarAt: instant.nullable() });
export type AdminInstrumentDto = z.infer<typeof adminInstrument>;
export const listAdminInstrumentsInput = pageInput.extend({ search: words, kind: instrumentKind.nullish() });
export const adminInstrumentPage = pageOf(adminInstrument);
export const createInstrumentInput = z.strictObject({ symbol: ticker, ...instrumentFields, company: ticker.nullable().default(null) });
export type CreateInstrumentInput = z.infer<typeof createInstrumentInput>;
export const updateInstrumentInput = z.strictObject({ symbol: ticker, ...z.object(instrumentFields).omit({ kind: true }).partial().shape });
export type UpdateInstrumentInput = z.infer<typeof updateInstrumentInput>;
export const instrumentKeyInput = z.strictObject({ symbol: ticker });
export const deleteInstrumentInput = z.strictObject({ symbol: ticker, confirm: z.string().max(20).default("") });
export type DeleteInstrumentInput = z.infer<typeof deleteInstrumentInput>;

// Connections

export const adminConnection = z.object({
  id: z.uuid(), kind: z.string(), from: z.string(), fromLabel: z.string(), to: z.string(), toLabel: z.string(), strength: z.number(), sign: z.number().int(),
  basis: z.enum(CONNECTION_BASES), verified: z.boolean(), evidence: evidence.nullable(), author: z.string(), updatedAt: instant,
});
export type AdminConnectionDto = z.infer<typeof adminConnection>;
export const listAdminConnectionsInput = pageInput.extend({ state: z.enum(["open", "verified", "all"]).default("open"), search: words });
export type ListAdminConnectionsInput = z.infer<typeof listAdminConnectionsInput>;
export const adminConnectionPage = pageOf(adminConnection);
export const connectionInput = z.strictObject({ connectionId: z.uuid(), reason });
export type ConnectionInput = z.infer<typeof connectionInput>;
export const verifyConnectionInput = z.strictObject({
  connectionId: z.uuid(),
  seenAt,
  /** Whose document says so, which form, of which year, and its wording. */
  company: line(120), form: line(40), year: z.number().int().min(1990).max(2100), text: line(2_000),
  /** The document gives the strength too. */
  stated: z.boolean().default(false),
});
export type VerifyConnectionInput = z.infer<typeof verifyConnectionInput>;
export const setStrengthInput = z.strictObject({ connectionId: z.uuid(), strength: z.number().min(0).max(1), reason, seenAt });
export type SetStrengthInput = z.infer<typeof setStrengthInput>;

// Data

export const RUN_STATUSES = ["RUNNING", "SUCCEEDED", "FAILED"] as const;
export const ingestionRun = z.object({
  id: z.uuid(), provider: z.string(), subject: z.string(), scope: z.string(), status: z.enum(RUN_STATUSES), startedAt: instant, finishedAt: instant.nullable(), asOf: instant.nullable(),
  received: count, changed: count, rejected: count, error: z.string().nullable(),
});
export type IngestionRunDto = z.infer<typeof ingestionRun>;
export const listIngestionRunsInput = pageInput.extend({ status: z.enum(RUN_STATUSES).nullish(), provider: z.string().max(80).nullish() });
export type ListIngestionRunsInput = z.infer<typeof listIngestionRunsInput>;
export const ingestionRunPage = pageOf(ingestionRun);
export const ingestionRunInput = z.strictObject({ runId: z.uuid() });
export const ingestionRunDetail = ingestionRun.extend({ contentHash: z.string(), reasons: z.array(z.object({ file: z.string(), reason: z.string(), count })) });
export type IngestionRunDetailDto = z.infer<typeof ingestionRunDetail>;
export const importReject = z.object({ id: z.uuid(), file: z.string(), line: count, reason: z.string(), raw: z.string() });
export const listRunRejectsInput = pageInput.extend({ runId: z.uuid() });
export type ListRunRejectsInput = z.infer<typeof listRunRejectsInput>;
export const importRejectPage = pageOf(importReject);

export const DATA_CHECKS = ["staleSeries", "companiesWithoutStatements", "companiesWithoutPrices", "instrumentsWithoutBars", "balanceFaults", "duplicateCompanies", "staleStatements"] as const;
export type DataCheck = (typeof DATA_CHECKS)[number];
export const dataQuality = z.object({ checks: z.array(z.object({ check: z.enum(DATA_CHECKS), count })), checkedAt: instant });
export type DataQualityDto = z.infer<typeof dataQuality>;
export const dataFault = z.object({
  key: z.string(), label: z.string(),
  /** Of what the fault is about: the last date, the other key. */
  note: z.string().nullable(),
  /** Assets less liabilities and equity over assets, of a balance that does not add up. */
  gap: z.number().nullable(),
});
export type DataFaultDto = z.infer<typeof dataFault>;
export const listDataFaultsInput = pageInput.extend({ check: z.enum(DATA_CHECKS) });
export type ListDataFaultsInput = z.infer<typeof listDataFaultsInput>;
export const dataFaultPage = pageOf(dataFault);

// Switches, log, mail, keys

export const flag = z.object({ name: z.string(), enabled: z.boolean(), byDefault: z.boolean(), owner: z.string(), removeBy: z.string(), meaning: z.string(), changedAt: instant.nullable() });
export type FlagDto = z.infer<typeof flag>;
export const flags = z.object({ items: z.array(flag) });
/** null goes back to the default. */
export const setFlagInput = z.strictObject({ name: z.string().max(60), enabled: z.boolean().nullable() });
export type SetFlagInput = z.infer<typeof setFlagInput>;

const auditFilter = {
  action: z.string().trim().max(60).default(""),
  /** Id, e-mail or handle. */
  actor: z.string().trim().max(254).default(""),
  subject: z.string().trim().max(254).default(""),
  from: isoDate.nullish(),
  /** This day too. */
  to: isoDate.nullish(),
};
export const auditFilterInput = z.strictObject(auditFilter);
export type AuditFilterInput = z.infer<typeof auditFilterInput>;
export const listAuditLogInput = pageInput.extend(auditFilter);
export type ListAuditLogInput = z.infer<typeof listAuditLogInput>;
export const adminAuditPage = pageOf(adminAuditEntry);
export const auditExport = z.object({ items: z.array(adminAuditEntry), /** More match than are given. */ cut: z.boolean() });

export const MAIL_STATES = ["waiting", "failed", "sent"] as const;
export const outboxMail = z.object({ id: z.uuid(), recipient: z.string(), kind: z.string(), subject: z.string(), createdAt: instant, sentAt: instant.nullable(), attempts: count, lastError: z.string().nullable() });
export type OutboxMailDto = z.infer<typeof outboxMail>;
export const listMailInput = pageInput.extend({ state: z.enum(MAIL_STATES).nullish() });
export type ListMailInput = z.infer<typeof listMailInput>;
export const outboxMailPage = pageOf(outboxMail);
export const mailInput = z.strictObject({ mailId: z.uuid() });
/** Empty once it was sent: its links may still open an account. */
export const mailText = z.object({ subject: z.string(), text: z.string(), html: z.string() });

export const providerKey = z.object({ id: z.string(), variables: z.array(z.object({ name: z.string(), set: z.boolean() })), ready: z.boolean(), from: z.string() });
export type ProviderKeyDto = z.infer<typeof providerKey>;
export const PROVIDER_KEY_OUTCOMES = ["works", "refused", "unreachable", "notSet"] as const;
export type ProviderKeyOutcome = (typeof PROVIDER_KEY_OUTCOMES)[number];
/** Only of those that can be asked without a person. */
export const providerKeyChecks = z.object({ items: z.array(z.object({ id: z.string(), outcome: z.enum(PROVIDER_KEY_OUTCOMES), checkedAt: instant })) });
export type ProviderKeyCheckDto = z.infer<typeof providerKeyChecks>["items"][number];
/** What one vendor of live data can do here, and how it has answered this process since it started. Messages of errors hold no key. */
export const vendorCapability = z.object({
  vendor: z.string(), name: z.string(), from: z.string(), capability: z.string(), priority: z.number().int(), state: z.enum(["on", "switched-off", "key-missing"]), missing: z.array(z.string()),
  breaker: z.enum(["closed", "open", "half-open"]), probeAt: instant.nullable(), calls: count, failures: count, lastSuccessAt: instant.nullable(), lastError: z.object({ at: instant, code: z.string(), message: z.string() }).nullable(),
  /** Left of the vendor's budget for all of its capabilities: in its tightest window, and of the day where the day is limited. */
  callsLeft: z.number().nullable(), dayLeft: z.number().nullable(), dayLimit: z.number().nullable(), pausedUntil: instant.nullable(),
});
export type VendorCapabilityDto = z.infer<typeof vendorCapability>;
export const providerKeyList = z.object({ items: z.array(providerKey), vendors: z.array(vendorCapability) });
