import { graph, graphPreview, neighbours, neighboursInput } from "@/server/contracts/graph";
import { getGraph } from "@/server/services/graph/get-graph";
import { getGraphPreview } from "@/server/services/graph/get-graph-preview";
import { listNeighbours } from "@/server/services/graph/list-neighbours";
import { publicProcedure, router } from "../procedures";

export const graphRouter = router({
  getGraph: publicProcedure.output(graph).query(({ ctx }) => getGraph(ctx)),
  getPreview: publicProcedure.output(graphPreview).query(({ ctx }) => getGraphPreview(ctx)),
  listNeighbours: publicProcedure.input(neighboursInput).output(neighbours).query(({ ctx, input }) => listNeighbours(ctx, input)),
});
