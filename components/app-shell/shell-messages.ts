import { getMessages } from "next-intl/server";
import type { Messages } from "./load-messages";
import { pickMessages } from "./pick-messages";

/** What the frame and the parts that know no noun say; every page has it. */
export const SHELL_MESSAGES = ["shell", "ui", "format", "live", "charts", "errors", "formula", "notification.bell", "notification.text", "market.sectors", "scenario.drivers", "scenario.units", "billing.limit", "billing.tiers", "billing.groups"] as const;

export const shellMessages = async (): Promise<Messages> => pickMessages((await getMessages()) as Messages, SHELL_MESSAGES);
