import { coinBoard, coinConcept, coinEcosystem, coinInput, coinInvestment, coinPage, listCoinsInput, listPremiumsInput, premiumHistory, premiumHistoryInput, premiumList } from "@/server/contracts/coin";
import { getCoinBoard, listCoins, listPremiums } from "@/server/services/crypto/get-coin-board";
import { getCoinConcept } from "@/server/services/crypto/get-coin-concept";
import { getCoinEcosystem } from "@/server/services/crypto/get-coin-ecosystem";
import { getCoinInvestment } from "@/server/services/crypto/get-coin-investment";
import { getPremiumHistory } from "@/server/services/crypto/get-premium-history";
import { publicProcedure, router, type RestMeta } from "../procedures";

const get = (path: RestMeta["path"], summary: string, cacheSeconds: number, example: Record<string, unknown>): { rest: RestMeta } => ({ rest: { method: "GET", path, summary, scope: "read", cacheSeconds, example } });

export const cryptoRouter = router({
  getBoard: publicProcedure.output(coinBoard).query(({ ctx }) => getCoinBoard(ctx)),
  listCoins: publicProcedure.meta(get("/crypto", "List won markets of all exchanges with their newest price and premium", 5, { limit: 3 })).input(listCoinsInput).output(coinPage).query(({ ctx, input }) => listCoins(ctx, input)),
  listPremiums: publicProcedure.meta(get("/crypto/kimchi-premium", "List what coins cost more in Korea, by the banks' rate and by the dollar coin", 5, { exchange: "upbit" })).input(listPremiumsInput).output(premiumList).query(({ ctx, input }) => listPremiums(ctx, input)),
  getPremiumHistory: publicProcedure.input(premiumHistoryInput).output(premiumHistory).query(({ ctx, input }) => getPremiumHistory(ctx, input)),
  getInvestment: publicProcedure.meta(get("/crypto/{symbol}/investment", "Get a coin's premium, futures, risk and the rules of size that follow", 30, { symbol: "BTC" })).input(coinInput).output(coinInvestment).query(({ ctx, input }) => getCoinInvestment(ctx, input)),
  getConcept: publicProcedure.meta(get("/crypto/{symbol}/concept", "Get what vendors tell of a coin's background, categories and features", 300, { symbol: "BTC" })).input(coinInput).output(coinConcept).query(({ ctx, input }) => getCoinConcept(ctx, input)),
  getEcosystem: publicProcedure.meta(get("/crypto/{symbol}/ecosystem", "Get a coin's development activity, community, maturity and competition", 300, { symbol: "BTC" })).input(coinInput).output(coinEcosystem).query(({ ctx, input }) => getCoinEcosystem(ctx, input)),
});
