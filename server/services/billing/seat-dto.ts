import type { SeatDto } from "@/server/contracts/billing";

export const toSeatDto = ({ id, email, createdAt }: { id: string; email: string; createdAt: Date }): SeatDto => ({ id, email, createdAt: createdAt.toISOString() });
