import { listSocialInput, socialAnalysis, socialAnalysisInput, socialPage, watchInput, watchList } from "@/server/contracts/social";
import { getSocialAnalysis } from "@/server/services/social/get-social-analysis";
import { listPosts } from "@/server/services/social/list-posts";
import { listWatched, unwatchAccount, watchAccount } from "@/server/services/social/watch-list";
import { publicProcedure, router, userProcedure, type RestMeta } from "../procedures";

const get = (path: RestMeta["path"], summary: string, example: RestMeta["example"]): { rest: RestMeta } => ({ rest: { method: "GET", path, summary, scope: "read", cacheSeconds: 30, example } });

export const socialRouter = router({
  list: publicProcedure.meta(get("/social", "List public posts with their engagement and mood", { sort: "engagement", limit: 3 })).input(listSocialInput).output(socialPage).query(({ ctx, input }) => listPosts(ctx, input)),
  getAnalysis: publicProcedure.meta(get("/social/analysis", "Measure the mood of public posts, weighted by engagement", { days: 7 })).input(socialAnalysisInput).output(socialAnalysis).query(({ ctx, input }) => getSocialAnalysis(ctx, input)),
  listWatched: userProcedure.output(watchList).query(({ ctx }) => listWatched(ctx)),
  watch: userProcedure.input(watchInput).output(watchList).mutation(({ ctx, input }) => watchAccount(ctx, input)),
  unwatch: userProcedure.input(watchInput).output(watchList).mutation(({ ctx, input }) => unwatchAccount(ctx, input)),
});
