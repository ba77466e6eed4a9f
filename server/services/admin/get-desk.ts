import type { DeskDto } from "@/server/contracts/admin";
import type { Ctx } from "@/server/services/ctx";
import { countSaidConnections } from "@/server/services/graph/verify-connection";
import { listFreshness } from "./get-figures";

/** What a moderator sees first: how much waits to be verified, and how fresh the figures are. Nothing of people, sizes and loads. */
export async function getDesk(ctx: Pick<Ctx, "db">): Promise<DeskDto> {
  const [connections, ingest] = await Promise.all([countSaidConnections(ctx), listFreshness(ctx)]);
  return { connections, ingest };
}
