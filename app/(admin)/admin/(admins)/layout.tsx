import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { callApi } from "@/server/api/rsc";

/** Panels of admins alone; to moderators they do not exist. */
export default async function AdminPanelsLayout({ children }: { children: ReactNode }) {
  const me = await (await callApi()).account.getMe();
  if (me?.role !== "ADMIN") notFound();
  return children;
}
