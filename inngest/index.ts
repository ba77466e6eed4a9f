import { askForNightlyBackup } from "./functions/ask-for-nightly-backup";
import { buildRequestedExport } from "./functions/build-requested-export";
import { callWebhook } from "./functions/call-webhook";
import { carryOutErasures } from "./functions/carry-out-erasures";
import { closeLostIngestions } from "./functions/close-lost-ingestions";
import { deliverNotices } from "./functions/deliver-notices";
import { deliverQueuedMail } from "./functions/deliver-queued-mail";
import { ingestCalendars } from "./functions/ingest-calendars";
import { expireOldCrypto, readCryptoPremium, refreshBankRate, refreshCoins, refreshCryptoBoard } from "./functions/ingest-crypto";
import { ingestLatestNews } from "./functions/ingest-latest-news";
import { ingestSocialPosts } from "./functions/ingest-social-posts";
import { refreshCompanyFilings, refreshFilings, refreshFundamentals } from "./functions/refresh-filings";
import { refreshHoldings, refreshManagerHoldings } from "./functions/refresh-holdings";
import { refreshMacro, refreshMacroSeries, refreshYieldCurve } from "./functions/refresh-macro";
import { checkStoredBars, refreshActionsOfShare, refreshCorporateActions, refreshDailyBars, refreshMinutes, refreshPrices, refreshQuotes, rollUpOldMinutes } from "./functions/refresh-prices";
import { rollUpOldUsage } from "./functions/roll-up-old-usage";
import { sendOutbox } from "./functions/send-outbox";
import { warnKeyOwners } from "./functions/warn-key-owners";

/** Every function that the app offers to the job engine. */
export const functions = [checkStoredBars, refreshActionsOfShare, refreshCorporateActions, refreshDailyBars, refreshMinutes, refreshPrices, refreshQuotes, rollUpOldMinutes, buildRequestedExport, callWebhook, carryOutErasures, deliverNotices, deliverQueuedMail, ingestCalendars, ingestLatestNews, ingestSocialPosts, refreshMacro, refreshMacroSeries, refreshYieldCurve, rollUpOldUsage, sendOutbox, warnKeyOwners, refreshCryptoBoard, readCryptoPremium, refreshBankRate, refreshCoins, expireOldCrypto, refreshFilings, refreshCompanyFilings, refreshFundamentals, refreshHoldings, refreshManagerHoldings, askForNightlyBackup, closeLostIngestions];
