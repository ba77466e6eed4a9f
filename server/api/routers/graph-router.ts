import { connectionPage, graph, graphPreview, listConnectionsInput, neighbours, neighboursInput } from "@/server/contracts/graph";
import { getGraph } from "@/server/services/graph/get-graph";
import { getGraphPreview } from "@/server/services/graph/get-graph-preview";
import { listConnections } from "@/server/services/graph/list-connections";
import { listNeighbours } from "@/server/services/graph/list-neighbours";
import { publicProcedure, router } from "../procedures";

export const graphRouter = router({
  getGraph: publicProcedure
    .meta({ rest: { method: "GET", path: "/graph", summary: "Get every node and connection of the graph", scope: "read", cacheSeconds: 60, example: {} } })
    .output(graph).query(({ ctx }) => getGraph(ctx)),
  getPreview: publicProcedure.output(graphPreview).query(({ ctx }) => getGraphPreview(ctx)),
  listNeighbours: publicProcedure
    .meta({ rest: { method: "GET", path: "/graph/{key}", summary: "Get a node with its strongest connections", scope: "read", cacheSeconds: 60, example: { key: "company:CAT", limit: 5 } } })
    .input(neighboursInput).output(neighbours).query(({ ctx, input }) => listNeighbours(ctx, input)),
  listConnections: publicProcedure
    .meta({ rest: { method: "GET", path: "/connections", summary: "List connections by their ends, kind and basis", scope: "read", cacheSeconds: 60, example: { kind: "impact", significant: true, limit: 5 } } })
    .input(listConnectionsInput).output(connectionPage).query(({ ctx, input }) => listConnections(ctx, input)),
});
