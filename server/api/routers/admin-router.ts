import {
  adminAuditPage, adminCompany, adminCompanyPage, adminConnection, adminConnectionPage, adminInstrument, adminInstrumentPage, adminUserPage, auditExport, auditFilterInput, companyKeyInput, connectionInput,
  createCompanyInput, createInstrumentInput, dataFaultPage, dataQuality, desk, deleteCompanyInput, deleteInstrumentInput, deletionImpact, done, endedSessions, flags, importRejectPage, ingestionRunDetail,
  ingestionRunInput, ingestionRunPage, instrumentKeyInput, listAdminCompaniesInput, listAdminConnectionsInput, listAdminInstrumentsInput, listAuditLogInput, listDataFaultsInput, listIngestionRunsInput,
  listMailInput, listRunRejectsInput, listUsersInput, lockUserInput, mailInput, mailText, outboxMailPage, overview, providerKeyChecks, providerKeyList, setFlagInput, setRoleInput, setStrengthInput, updateCompanyInput,
  updateInstrumentInput, userDetail, userInput, verifyConnectionInput,
} from "@/server/contracts/admin";
import { setTierInput, setTierOutput } from "@/server/contracts/billing";
import { jobFunctions, jobRunDetailDto, jobRunInput, jobRunPage, listJobRunsInput } from "@/server/contracts/job";
import { requestMetrics } from "@/server/platform/request-metrics";
import { endUserSessions } from "@/server/services/account/end-user-sessions";
import { lockUser, unlockUser } from "@/server/services/account/lock-user";
import { setRole } from "@/server/services/account/set-role";
import { systemMailer, systemPayments, systemProviders } from "@/server/runtime";
import { cancelJobRun } from "@/server/services/admin/cancel-job-run";
import { checkProviderKeys } from "@/server/services/admin/check-provider-keys";
import { getDesk } from "@/server/services/admin/get-desk";
import { getAdminFigures } from "@/server/services/admin/get-figures";
import { getJobRun } from "@/server/services/admin/get-job-run";
import { exportAuditLog, listAuditLog } from "@/server/services/admin/list-audit-log";
import { getDataQuality, listDataFaults } from "@/server/services/admin/list-data-faults";
import { listJobFunctions } from "@/server/services/admin/list-job-functions";
import { listJobRuns } from "@/server/services/admin/list-job-runs";
import { listMail, openMail, resendMail } from "@/server/services/admin/list-mail";
import { listProviderKeys } from "@/server/services/admin/list-provider-keys";
import { getUser, listUsers } from "@/server/services/admin/list-users";
import { rerunJob } from "@/server/services/admin/rerun-job";
import { listFlags, setFlag } from "@/server/services/admin/set-flag";
import { setTier } from "@/server/services/billing/set-tier";
import { listSaidConnections, setConnectionStrength, unverifyConnection, verifyConnection } from "@/server/services/graph/verify-connection";
import { getIngestionRun, listIngestionRuns, listRunRejects } from "@/server/services/ingestion/list-ingestion-runs";
import { deleteCompany, deleteInstrument, getCompanyImpact, getInstrumentImpact } from "@/server/services/market/delete-company";
import { createCompany, listCompanyProfiles, updateCompany } from "@/server/services/market/edit-company";
import { createInstrument, listInstrumentProfiles, updateInstrument } from "@/server/services/market/edit-instrument";
import { readDetailedHealth } from "../health-response";
import { adminProcedure, moderatorProcedure, recentAdminProcedure, router } from "../procedures";

const DONE = { done: true } as const;

export const adminRouter = router({
  getOverview: adminProcedure.output(overview).query(async ({ ctx }) => {
    const [health, figures] = await Promise.all([readDetailedHealth(), getAdminFigures(ctx)]);
    const { since, procedures } = requestMetrics().read();
    const sum = (field: "calls" | "refused" | "failed") => procedures.reduce((total, row) => total + row[field], 0);
    return { health, ...figures, process: { since: since.toISOString(), calls: sum("calls"), refused: sum("refused"), failed: sum("failed"), procedures, cache: ctx.cache.counts() } };
  }),
  getDesk: moderatorProcedure.output(desk).query(({ ctx }) => getDesk(ctx)),

  listUsers: adminProcedure.input(listUsersInput).output(adminUserPage).query(({ ctx, input }) => listUsers(ctx, input)),
  getUser: adminProcedure.input(userInput).output(userDetail).query(({ ctx, input }) => getUser(ctx, input)),
  setRole: recentAdminProcedure.input(setRoleInput).output(done).mutation(async ({ ctx, input }) => {
    await setRole(ctx, input);
    return DONE;
  }),
  setTier: recentAdminProcedure.input(setTierInput).output(setTierOutput).mutation(({ ctx, input }) => setTier(ctx, input)),
  lockUser: recentAdminProcedure.input(lockUserInput).output(endedSessions).mutation(({ ctx, input }) => lockUser(ctx, input)),
  unlockUser: recentAdminProcedure.input(lockUserInput).output(done).mutation(async ({ ctx, input }) => {
    await unlockUser(ctx, input);
    return DONE;
  }),
  endUserSessions: recentAdminProcedure.input(lockUserInput).output(endedSessions).mutation(({ ctx, input }) => endUserSessions(ctx, input)),

  listCompanies: adminProcedure.input(listAdminCompaniesInput).output(adminCompanyPage).query(({ ctx, input }) => listCompanyProfiles(ctx, input)),
  createCompany: adminProcedure.meta({ rest: { method: "POST", path: "/companies", summary: "Create a company", scope: "admin", status: 201, example: { ticker: "ZZNEW", name: "A new company", sector: "OTHER" } } }).input(createCompanyInput).output(adminCompany).mutation(({ ctx, input }) => createCompany(ctx, input)),
  updateCompany: adminProcedure.meta({ rest: { method: "PATCH", path: "/companies/{ticker}", summary: "Change what is said of a company", scope: "admin", example: { ticker: "CAT", headquarters: "Irving, Texas" } } }).input(updateCompanyInput).output(adminCompany).mutation(({ ctx, input }) => updateCompany(ctx, input)),
  getCompanyImpact: adminProcedure.input(companyKeyInput).output(deletionImpact).query(({ ctx, input }) => getCompanyImpact(ctx, input)),
  deleteCompany: recentAdminProcedure.input(deleteCompanyInput).output(deletionImpact).mutation(({ ctx, input }) => deleteCompany(ctx, input)),
  listInstruments: adminProcedure.input(listAdminInstrumentsInput).output(adminInstrumentPage).query(({ ctx, input }) => listInstrumentProfiles(ctx, input)),
  createInstrument: adminProcedure.input(createInstrumentInput).output(adminInstrument).mutation(({ ctx, input }) => createInstrument(ctx, input)),
  updateInstrument: adminProcedure.input(updateInstrumentInput).output(adminInstrument).mutation(({ ctx, input }) => updateInstrument(ctx, input)),
  getInstrumentImpact: adminProcedure.input(instrumentKeyInput).output(deletionImpact).query(({ ctx, input }) => getInstrumentImpact(ctx, input)),
  deleteInstrument: recentAdminProcedure.input(deleteInstrumentInput).output(deletionImpact).mutation(({ ctx, input }) => deleteInstrument(ctx, input)),

  listConnections: moderatorProcedure.input(listAdminConnectionsInput).output(adminConnectionPage).query(({ ctx, input }) => listSaidConnections(ctx, input)),
  verifyConnection: moderatorProcedure.meta({ rest: { method: "POST", path: "/connections/{connectionId}/verify", summary: "Mark a connection as read in a document", scope: "admin", example: { connectionId: "019a0000-0000-7000-8000-000000000001", company: "Caterpillar Inc.", form: "10-K", year: 2025, text: "The wording of the document" } } }).input(verifyConnectionInput).output(adminConnection).mutation(({ ctx, input }) => verifyConnection(ctx, input)),
  unverifyConnection: moderatorProcedure.input(connectionInput).output(adminConnection).mutation(({ ctx, input }) => unverifyConnection(ctx, input)),
  setConnectionStrength: moderatorProcedure.meta({ rest: { method: "PATCH", path: "/connections/{connectionId}", summary: "Change the strength of a connection", scope: "admin", example: { connectionId: "019a0000-0000-7000-8000-000000000001", strength: 0.4, reason: "The filing gives another share" } } }).input(setStrengthInput).output(adminConnection).mutation(({ ctx, input }) => setConnectionStrength(ctx, input)),

  listIngestionRuns: adminProcedure.input(listIngestionRunsInput).output(ingestionRunPage).query(({ ctx, input }) => listIngestionRuns(ctx, input)),
  getIngestionRun: adminProcedure.input(ingestionRunInput).output(ingestionRunDetail).query(({ ctx, input }) => getIngestionRun(ctx, input)),
  listRunRejects: adminProcedure.input(listRunRejectsInput).output(importRejectPage).query(({ ctx, input }) => listRunRejects(ctx, input)),
  getDataQuality: adminProcedure.output(dataQuality).query(({ ctx }) => getDataQuality(ctx)),
  listDataFaults: adminProcedure.input(listDataFaultsInput).output(dataFaultPage).query(({ ctx, input }) => listDataFaults(ctx, input)),

  listJobRuns: adminProcedure.input(listJobRunsInput).output(jobRunPage).query(({ ctx, input }) => listJobRuns(ctx, input)),
  listJobFunctions: adminProcedure.output(jobFunctions).query(({ ctx }) => listJobFunctions(ctx)),
  getJobRun: adminProcedure.input(jobRunInput).output(jobRunDetailDto).query(({ ctx, input }) => getJobRun(ctx, input)),
  cancelJobRun: adminProcedure.input(jobRunInput).output(done).mutation(async ({ ctx, input }) => {
    await cancelJobRun(ctx, input);
    return DONE;
  }),
  rerunJob: adminProcedure.input(jobRunInput).output(done).mutation(async ({ ctx, input }) => {
    await rerunJob(ctx, input);
    return DONE;
  }),

  listFlags: adminProcedure.output(flags).query(({ ctx }) => listFlags(ctx)),
  setFlag: recentAdminProcedure.input(setFlagInput).output(done).mutation(async ({ ctx, input }) => {
    await setFlag(ctx, input);
    return DONE;
  }),
  listAuditLog: adminProcedure.input(listAuditLogInput).output(adminAuditPage).query(({ ctx, input }) => listAuditLog(ctx, input)),
  exportAuditLog: recentAdminProcedure.input(auditFilterInput).output(auditExport).mutation(({ ctx, input }) => exportAuditLog(ctx, input)),
  listMail: adminProcedure.input(listMailInput).output(outboxMailPage).query(({ ctx, input }) => listMail(ctx, input)),
  openMail: recentAdminProcedure.input(mailInput).output(mailText).mutation(({ ctx, input }) => openMail(ctx, input)),
  resendMail: adminProcedure.input(mailInput).output(done).mutation(async ({ ctx, input }) => {
    await resendMail(ctx, input);
    return DONE;
  }),
  listProviderKeys: adminProcedure.output(providerKeyList).query(() => listProviderKeys(systemProviders())),
  checkProviderKeys: recentAdminProcedure.output(providerKeyChecks).mutation(({ ctx }) => checkProviderKeys(ctx, { mailer: systemMailer(), payments: systemPayments() })),
});
