import { answerPreflight, handleRest } from "@/server/api/handle-rest";
import { createApiKeyCtx, isKnownOrigin } from "@/server/api/request-ctx";

const handler = (req: Request) => handleRest(req, (requestId) => createApiKeyCtx(req.headers, requestId));
const preflight = async (req: Request) => answerPreflight(req, await isKnownOrigin(req.headers.get("origin")));

export { handler as DELETE, handler as GET, handler as HEAD, handler as PATCH, handler as POST, handler as PUT, preflight as OPTIONS };
