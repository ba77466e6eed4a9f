import { adminConnection, connectionInput } from "@/server/contracts/admin";
import { connectionPage, createConnectionInput, graph, graphPreview, listConnectionsInput, neighbours, neighboursInput } from "@/server/contracts/graph";
import { createConnection } from "@/server/services/graph/create-connection";
import { deleteConnection } from "@/server/services/graph/delete-connection";
import { getGraph } from "@/server/services/graph/get-graph";
import { getGraphPreview } from "@/server/services/graph/get-graph-preview";
import { listConnections } from "@/server/services/graph/list-connections";
import { listNeighbours } from "@/server/services/graph/list-neighbours";
import { adminProcedure, publicProcedure, router } from "../procedures";

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
  createConnection: adminProcedure
    .meta({ access: "admin", rest: { method: "POST", path: "/connections", summary: "Add a connection that somebody says exists, to be verified", scope: "admin", status: 201, example: { kind: "supply", from: "company:WY", to: "company:HD", strength: 0.01, reason: "Said to supply lumber" } } })
    .input(createConnectionInput).output(adminConnection).mutation(({ ctx, input }) => createConnection(ctx, input)),
  deleteConnection: adminProcedure
    .meta({ access: "admin", rest: { method: "DELETE", path: "/connections/{connectionId}", summary: "Take out a connection that people or documents say", scope: "admin", example: { connectionId: "019a0000-0000-7000-8000-000000000001", reason: "The contract has ended" } } })
    .input(connectionInput).output(adminConnection).mutation(({ ctx, input }) => deleteConnection(ctx, input)),
});
