import { handleAuth } from "@/server/api/handle-auth";
import { createRequestCtx } from "@/server/api/request-ctx";

type Params = { params: Promise<{ nextauth: string[] }> };

const handler = async (request: Request, { params }: Params): Promise<Response> => handleAuth(request, (await params).nextauth, { createCtx: createRequestCtx });

export { handler as GET, handler as POST };
