/** The first page of the security log, for the server that starts it and the list that reads it. */
export const AUDIT_PAGE = { limit: 20 };
