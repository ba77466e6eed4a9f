export const JOB_TONE = { RUNNING: "accent", COMPLETED: "up", FAILED: "down", CANCELLED: "neutral" } as const;
