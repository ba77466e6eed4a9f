import { getMessages } from "next-intl/server";
import type { Messages } from "./load-messages";
import { pickMessages } from "./pick-messages";

/** What the frame and the parts that know no noun say; every page has it. */
export const SHELL_MESSAGES = ["shell", "ui", "format", "live", "charts", "errors", "formula", "market.sectors", "scenario.drivers", "scenario.units"] as const;

export const shellMessages = async (): Promise<Messages> => pickMessages((await getMessages()) as Messages, SHELL_MESSAGES);
