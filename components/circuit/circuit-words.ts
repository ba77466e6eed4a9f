import type { useTranslations } from "next-intl";
import type { CircuitDto } from "@/server/contracts/circuit";
import { multipleText, numberText, percentText } from "../format/number-text";
import type { ElementReading } from "./circuit-reading";
import type { CircuitScale } from "./circuit-scale";

export type Translate = ReturnType<typeof useTranslations>;
export type CircuitWords = ReturnType<typeof circuitWords>;

const COILS = new Set(["interestFixed", "interestFloating", "interestRenewed", "interestCreditLine"]);

/** Every word and figure of the drawing, its table twin and its screen-reader text, in the reader's language. */
export function circuitWords({ t, locale, dto, scale: { digits } }: { t: Translate; locale: string; dto: Pick<CircuitDto, "currency">; scale: Pick<CircuitScale, "digits"> }) {
  const digitsOf = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  /** 3,937: millions without a unit, as in columns that name it. What rounds to nothing has no sign. */
  const millions = (usd: number, signed = false) => numberText(locale, Number((usd / 1e6).toFixed(digits)) + 0, { ...digitsOf, ...(signed ? { signDisplay: "exceptZero" } : {}) });
  const money = (usd: number, signed = false) =>
    `${numberText(locale, Number((usd / 1e6).toFixed(digits)) + 0, { style: "currency", currency: dto.currency, currencyDisplay: "narrowSymbol", ...digitsOf, ...(signed ? { signDisplay: "exceptZero" } : {}) })} M`;
  /** Stocks are large: billions where they are. */
  const stock = (usd: number | null) => {
    if (usd === null) return t("diagram.unreported");
    const billions = Math.abs(usd) >= 1e9;
    return billions ? `${numberText(locale, usd / 1e9, { style: "currency", currency: dto.currency, currencyDisplay: "narrowSymbol", minimumFractionDigits: 1, maximumFractionDigits: 1 })} B` : money(usd);
  };
  const percent = (fraction: number | null, options: { digits?: number; signed?: boolean } = {}) => (fraction === null ? t("diagram.unreported") : percentText(locale, fraction, { digits: 1, ...options }));
  const multiple = (value: number | null) => (value === null ? t("verdict.unknown") : multipleText(locale, value));
  const silent = (usd: number) => Number((usd / 1e6).toFixed(digits)) === 0;

  const columnOf = ({ element, before, after }: ElementReading) => (element.id === "tax" && before < 0 && after < 0 ? "refund" : element.column);
  const name = (reading: ElementReading): string => {
    const { id } = reading.element;
    if (id === "kept") return t("element.kept", { known: reading.figuresAfter.cash === null ? "no" : "yes" });
    return t(`element.${id}`, { column: columnOf(reading), paid: "no" });
  };

  /** −25 M (−2.1%), or that nothing changed. */
  const change = ({ change: usd, changeShare }: ElementReading, withShare = true): string => {
    if (silent(usd)) return t("diagram.noChange");
    const share = withShare && changeShare !== null ? ` (${percent(changeShare, { signed: true })})` : "";
    return `${millions(usd, true)} M${share}`;
  };

  const receiver = ({ element: { id } }: ElementReading): string => (t.has(`receiver.${id}`) ? t(`receiver.${id}`) : "");

  /** The rule of an element in a few words, as it stands under its symbol. */
  const rule = (reading: ElementReading, quarter: number): string => {
    const { element, figuresAfter, stateAfter } = reading;
    const { id } = element;
    if (id === "tax") return figuresAfter.rate === 0 && quarter > 0 ? t("rule.taxNone") : stateAfter === "blocked" ? t("rule.taxBlocked") : quarter === 0 ? t("rule.taxReported") : t("rule.tax", { rate: percent(figuresAfter.rate ?? null, { digits: 0 }) });
    if (id === "dividends") return t(stateAfter === "blocked" ? "rule.dividendsBlocked" : "rule.dividends");
    if (id === "debtRepaid") return t(stateAfter === "open" ? "rule.debtRepaidOpen" : "rule.debtRepaid");
    if (COILS.has(id)) return figuresAfter.amount ? t("rule.tranche", { amount: stock(figuresAfter.amount), rate: percent(figuresAfter.rate ?? null, { digits: 2 }) }) : t("rule.trancheNone");
    return t.has(`rule.${id}`) ? t(`rule.${id}`, { share: percent(figuresAfter.share ?? null, { digits: 0 }) }) : "";
  };

  /** The whole formula with the figures of the quarter. */
  const formula = (reading: ElementReading, quarter: number): string => {
    const { element, figuresAfter: figures, stateAfter } = reading;
    const { id } = element;
    const usd = (key: string) => (figures[key] === null || figures[key] === undefined ? t("diagram.unreported") : money(figures[key]));
    const values = {
      base: usd("base"), fixed: usd("fixed"), costs: usd("costs"), depreciation: usd("depreciation"), nonCash: usd("nonCash"), preTax: usd("preTax"), losses: usd("losses"),
      cash: usd("cash"), cashBefore: usd("cashBefore"), ebit: usd("ebit"), interest: usd("interest"), amount: stock(figures.amount ?? null),
      share: percent(figures.share ?? null, { digits: 0 }), rate: percent(figures.rate ?? null, { digits: 2 }),
      deviation: signedPart(figures.deviation ?? 0), icr: multiple(figures.icr ?? null), limit: multiple(figures.limit ?? null),
    };
    if (COILS.has(id)) return figures.amount ? t("formula.tranche", values) : t("formula.trancheNone");
    if (id === "tax" && quarter === 0 && stateAfter !== null) return t("formula.taxReported");
    if (id === "fuse" && stateAfter === "open") return t("formula.fuseOpen", values);
    if (id === "kept") return t(figures.cash === null ? "formula.keptUnknown" : "formula.kept", values);
    const paid = figures.depreciation !== null && figures.depreciation !== undefined && t.has(`formula.${id}Paid`);
    return t(paid ? `formula.${id}Paid` : `formula.${id}`, values);
  };
  const signedPart = (fraction: number) => (fraction < 0 ? `− ${percent(-fraction)}` : `+ ${percent(fraction)}`);

  /** "Interest, $448 M before, $477 M after, USD a quarter, up 6.5%." */
  const spoken = (reading: ElementReading): string => {
    const { before, after, change: usd, changeShare, stateAfter } = reading;
    const size = changeShare === null ? null : percent(Math.abs(changeShare));
    const moved = silent(usd) ? t("reading.unchanged") : size === null ? (before * after < 0 ? t("reading.turned") : t("reading.fromZero")) : t(usd > 0 ? "reading.up" : "reading.down", { percent: size });
    const state = stateAfter === null ? "" : ` ${t("reading.state", { state: stateAfter })}`;
    return t("reading.plain", { name: name(reading), before: money(before), after: money(after), currency: dto.currency, change: moved }) + state;
  };

  /** 3e-12: the size of a residual, which is never zero to the eye. */
  const residual = (value: number): string => (value === 0 ? "0" : value.toExponential(0).replace("e-", "e−"));

  return { t, locale, millions, money, stock, percent, multiple, name, change, receiver, rule, formula, spoken, residual, silent };
}
