import { describe, expect, it } from "vitest";
import { appRouter } from "./app-router";

type Scoped = { scope: string };
type Listed = { _def: { type: string; meta?: { access: string; limit?: string; rest?: Scoped | readonly Scoped[] } } };

/** Every procedure with who may call it, the limit it has besides the general one, and the scope a key needs. */
const list = Object.entries(appRouter._def.procedures as unknown as Record<string, Listed>)
  .map(([path, { _def: { type, meta } }]) => [path, type, meta?.access ?? "admin", meta?.limit, meta?.rest && `key:${[...new Set([meta.rest].flat().map(({ scope }) => scope))].join("+")}`].filter(Boolean).join(" "))
  .sort();

describe("access", () => {
  it("is what was looked through and agreed, procedure by procedure", () => {
    // A line that is new or differs has to be meant: who may call it, and what happens when they do.
    expect(list).toMatchInlineSnapshot(`
      [
        "account.cancelErasure mutation public sign-in",
        "account.changePassword mutation recent sign-in",
        "account.confirmEmailChange mutation public sign-in",
        "account.confirmMfa mutation recent sign-in",
        "account.disableMfa mutation recent",
        "account.getExport query recent",
        "account.getMe query public",
        "account.getProfile query user key:read",
        "account.getSecurity query user",
        "account.listAudit query user",
        "account.listExports query user key:read",
        "account.listSessions query user",
        "account.listSignInWays query public",
        "account.register mutation public sign-in key:post",
        "account.renewRecoveryCodes mutation recent",
        "account.requestEmailChange mutation recent sign-in",
        "account.requestErasure mutation recent",
        "account.requestExport mutation recent",
        "account.requestPasswordReset mutation public sign-in key:post",
        "account.requestVerification mutation public sign-in",
        "account.resetPassword mutation public sign-in key:post",
        "account.revokeOtherSessions mutation user",
        "account.revokeSession mutation user",
        "account.startMfa mutation recent",
        "account.stepUp mutation user sign-in",
        "account.unlinkProvider mutation recent",
        "account.updateProfile mutation user key:post",
        "account.verifyEmail mutation public sign-in key:post",
        "admin.cancelJobRun mutation admin",
        "admin.createCompany mutation admin key:admin",
        "admin.createInstrument mutation admin",
        "admin.deleteCompany mutation admin",
        "admin.deleteInstrument mutation admin",
        "admin.endUserSessions mutation admin",
        "admin.exportAuditLog mutation admin",
        "admin.getCompanyImpact query admin",
        "admin.getDataQuality query admin",
        "admin.getIngestionRun query admin",
        "admin.getInstrumentImpact query admin",
        "admin.getJobRun query admin",
        "admin.getOverview query admin",
        "admin.getUser query admin",
        "admin.listAuditLog query admin",
        "admin.listCompanies query admin",
        "admin.listConnections query admin",
        "admin.listDataFaults query admin",
        "admin.listFlags query admin",
        "admin.listIngestionRuns query admin",
        "admin.listInstruments query admin",
        "admin.listJobRuns query admin",
        "admin.listMail query admin",
        "admin.listProviderKeys query admin",
        "admin.listRunRejects query admin",
        "admin.listUsers query admin",
        "admin.lockUser mutation admin",
        "admin.openMail mutation admin",
        "admin.rerunJob mutation admin",
        "admin.resendMail mutation admin",
        "admin.setConnectionStrength mutation admin key:admin",
        "admin.setFlag mutation admin",
        "admin.setRole mutation admin",
        "admin.setTier mutation admin",
        "admin.unlockUser mutation admin",
        "admin.unverifyConnection mutation admin",
        "admin.updateCompany mutation admin key:admin",
        "admin.updateInstrument mutation admin",
        "admin.verifyConnection mutation admin key:admin",
        "apiKey.create mutation recent",
        "apiKey.list query user",
        "apiKey.revoke mutation user",
        "apiKey.rotate mutation recent",
        "billing.addSeat mutation user sign-in",
        "billing.get query user",
        "billing.getUsage query user",
        "billing.openPortal mutation user sign-in",
        "billing.removeSeat mutation user",
        "billing.startCheckout mutation user sign-in",
        "circuit.solve query public key:read",
        "graph.getGraph query public key:read",
        "graph.getPreview query public",
        "graph.listConnections query public key:read",
        "graph.listNeighbours query public key:read",
        "macro.getConsumerPrices query public key:read",
        "macro.getFederalFundsRate query public key:read",
        "macro.getInflation query public key:read",
        "macro.getSeries query public key:read",
        "macro.getTreasuryYield query public key:read",
        "macro.getVariable query public key:read",
        "macro.listInterestRates query public key:read",
        "macro.listSeries query public",
        "macro.listVariables query public key:read",
        "market.getCompany query public key:read",
        "market.getCorrelations query public key:read",
        "market.getDashboard query public key:read",
        "market.getFundamentals query public key:read",
        "market.getStock query public key:read",
        "market.getStrip query public",
        "market.listActive query public key:read",
        "market.listBalanceSheets query public key:read",
        "market.listBars query public key:read",
        "market.listCompanies query public key:read",
        "market.listCompanyBars query public key:read",
        "market.listGainers query public key:read",
        "market.listIndices query public key:read",
        "market.listLosers query public key:read",
        "market.listStatements query public key:read",
        "market.search query public key:read",
        "notification.getInbox query user",
        "notification.getSocketTicket query user",
        "notification.list query user",
        "notification.listPreferences query user",
        "notification.markRead mutation user",
        "notification.updatePreference mutation user",
        "scenario.listDrivers query public",
        "scenario.listPresets query public",
        "scenario.run query public key:read",
        "scenario.runCompany query public key:read",
        "webhook.create mutation user",
        "webhook.delete mutation user",
        "webhook.list query user",
        "webhook.listDeliveries query user",
        "webhook.resend mutation user",
        "webhook.rotateSecret mutation recent",
        "webhook.update mutation user",
      ]
    `);
  });

  it("lets no guest change anything but by the doors of sign-in, nor by computing", () => {
    const open = list.filter((line) => / mutation public/.test(line)).filter((line) => !line.endsWith(" sign-in") && !/ sign-in key:/.test(line));
    expect(open).toEqual([]);
  });

  it("opens no security setting to an API key", () => {
    const security = /^account\.(?:stepUp|changePassword|requestEmailChange|startMfa|confirmMfa|disableMfa|renewRecoveryCodes|unlinkProvider|revoke\w+|requestErasure|requestExport|getSecurity|listSessions|listAudit) /;
    expect(list.filter((line) => security.test(line) && line.includes("key:"))).toEqual([]);
  });
});
