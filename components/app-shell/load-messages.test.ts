import { createTranslator, IntlErrorCode } from "next-intl";
import { describe, expect, it } from "vitest";
import { BASES, FORMULA_CODES } from "@/server/contracts/common";
import { STATEMENT_NOTE_CODES } from "@/server/contracts/market";
import { ASSUMPTION_NAMES, CHANNELS, DRIVER_IDS, INTEREST_UNAVAILABLE, RESPONSE_MODES, SHOCK_SHAPES, SHOCK_UNITS, UNAVAILABLE_CODES } from "@/server/contracts/scenario";
import { NOTIFICATION_GROUPS, NOTIFICATION_KINDS } from "@/server/contracts/notification";
import { ERROR_CODES } from "@/server/domain/app-error";
import { RATIO_BASES } from "@/server/domain/market/ratios/company-ratios";
import { SECTOR_PRIORS } from "@/server/domain/scenario/sector-priors";
import { SCENARIO_FAULTS } from "@/server/domain/scenario/shock";
import { loadMessages, type Messages } from "./load-messages";

const leaves = (messages: Messages, path = ""): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) => (typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`)));

/** Names in braces: `{count, plural, …}` asks for `count`. A capital begins the text of a branch (`other {Tax}`) and no name. */
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{\s*([a-z]\w*)\s*[,}]/g)].map((match) => match[1]))].sort();

describe("messages", () => {
  it("has the same sentences in every language", async () => {
    const [english, korean] = await Promise.all([loadMessages("en"), loadMessages("ko")]);
    const keys = (messages: Messages) => leaves(messages).map(([key]) => key).sort();
    expect(keys(korean)).toEqual(keys(english));
  });

  it("asks for the same values in every language", async () => {
    const [english, korean] = await Promise.all([loadMessages("en"), loadMessages("ko")]);
    const asked = (messages: Messages) => Object.fromEntries(leaves(messages).map(([key, text]) => [key, placeholders(text)]));
    expect(asked(korean)).toEqual(asked(english));
  });

  it("has a sentence for every code that the server sends in the place of one", async () => {
    const codes: Record<string, readonly string[]> = {
      formula: FORMULA_CODES, "format.basis": BASES, "format.explain": BASES,
      "scenario.reasons": UNAVAILABLE_CODES, "scenario.interestReasons": INTEREST_UNAVAILABLE, "scenario.assumptionNames": ASSUMPTION_NAMES, "scenario.channels": CHANNELS,
      "scenario.drivers": DRIVER_IDS, "scenario.modes": RESPONSE_MODES, "scenario.shapes": SHOCK_SHAPES, "scenario.units": SHOCK_UNITS,
      "market.statementNotes": STATEMENT_NOTE_CODES.filter((code) => code !== "told"), "format.windows": RATIO_BASES,
      "notification.settings.groups": NOTIFICATION_GROUPS, "notification.settings.kinds": NOTIFICATION_KINDS.map((kind) => kind.replace(".", "_")),
      "notification.text": NOTIFICATION_KINDS.flatMap((kind) => ["title", "detail"].map((part) => `${kind.replace(".", "_")}.${part}`)),
      "errors.codes": [...ERROR_CODES, "INTERNAL"], "errors.scenario": SCENARIO_FAULTS,
    };
    for (const locale of ["en", "ko"] as const) {
      const messages = new Map(leaves(await loadMessages(locale)));
      const missing = Object.entries(codes).flatMap(([path, list]) => list.map((code) => `${path}.${code}`)).filter((key) => !messages.has(key));
      expect(missing, locale).toEqual([]);
      for (const sector of Object.keys(SECTOR_PRIORS).filter((code) => code !== "OTHER")) expect(messages.get("formula.sectorPrior"), locale).toContain(`${sector} {`);
    }
  });

  it("writes every sentence so that it can be formatted", async () => {
    for (const locale of ["en", "ko"] as const) {
      const messages = await loadMessages(locale);
      const broken: string[] = [];
      // A value that is missing is another matter: here only the sentence's own form is judged.
      const t = createTranslator<Messages>({ locale, messages, onError: ({ code, message }) => { if (code === IntlErrorCode.INVALID_MESSAGE) broken.push(message); }, getMessageFallback: ({ key }) => key });
      for (const [key] of leaves(messages)) t(key as never);
      expect(broken, locale).toEqual([]);
    }
  });

  it("leaves no sentence empty", async () => {
    for (const locale of ["en", "ko"] as const) {
      const empty = leaves(await loadMessages(locale)).filter(([, text]) => text.trim() === "");
      expect(empty).toEqual([]);
    }
  });
});
