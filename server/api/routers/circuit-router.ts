import { circuit, solveCircuitInput } from "@/server/contracts/circuit";
import { solveCircuit } from "@/server/services/circuit/solve-circuit";
import { publicProcedure, router } from "../procedures";

export const circuitRouter = router({
  solve: publicProcedure
    .meta({ rest: { method: "POST", path: "/analysis/circuit-diagram", summary: "Solve a company's circuit of money under a scenario", scope: "read", example: { ticker: "CAT", spec: { shocks: [{ driver: "fedFunds", size: 100, unit: "bp" }], quarters: 4 } } } })
    .input(solveCircuitInput).output(circuit).query(({ ctx, input }) => solveCircuit(ctx, input)),
});
