import { openapiResponse } from "@/server/api/openapi-response";

export const GET = (req: Request) => openapiResponse(req);
