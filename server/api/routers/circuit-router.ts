import { circuit, solveCircuitInput } from "@/server/contracts/circuit";
import { solveCircuit } from "@/server/services/circuit/solve-circuit";
import { publicProcedure, router } from "../procedures";

export const circuitRouter = router({
  solve: publicProcedure.input(solveCircuitInput).output(circuit).query(({ ctx, input }) => solveCircuit(ctx, input)),
});
