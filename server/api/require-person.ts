import "server-only";
import { redirect } from "next/navigation";
import type { Me } from "@/server/contracts/account";
import { callApi } from "./rsc";

/** The signed-in person; a guest is led to the sign-in and comes back. A courtesy: what may be read and done is decided by the procedures. */
export async function requirePerson(path: string): Promise<NonNullable<Me>> {
  const me = await (await callApi()).account.getMe();
  return me ?? redirect(`/sign-in?to=${encodeURIComponent(path)}`);
}
