import { getSeriesInput, listSeriesInput, series, seriesList } from "@/server/contracts/macro";
import { getSeries } from "@/server/services/macro/get-series";
import { listSeries } from "@/server/services/macro/list-series";
import { publicProcedure, router } from "../procedures";

export const macroRouter = router({
  listSeries: publicProcedure.input(listSeriesInput).output(seriesList).query(({ ctx, input }) => listSeries(ctx, input)),
  getSeries: publicProcedure.input(getSeriesInput).output(series).query(({ ctx, input }) => getSeries(ctx, input)),
});
