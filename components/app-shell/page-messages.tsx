import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { AddedMessages } from "./added-messages";
import type { Messages } from "./load-messages";
import { pickMessages } from "./pick-messages";

/**
 * Sends the browser the messages of a page, or of a whole layout, besides those of the shell. `page-messages.test.ts` says which ones
 * its client components ask for; what is only said on the server need not be sent.
 */
export async function PageMessages({ of, children }: { of: readonly string[]; children: ReactNode }) {
  return <AddedMessages messages={pickMessages((await getMessages()) as Messages, of)}>{children}</AddedMessages>;
}
