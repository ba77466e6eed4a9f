import { startImpersonationResponse, stopImpersonationResponse } from "@/server/api/impersonation";

export { startImpersonationResponse as POST, stopImpersonationResponse as DELETE };
