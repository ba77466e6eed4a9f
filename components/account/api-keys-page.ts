/** The first page of the person's keys, for the server that starts it and the list that reads it. */
export const API_KEYS_PAGE = { limit: 20 };
