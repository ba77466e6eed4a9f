"use client";

import type { ReactNode } from "react";
import type { CircuitDto } from "@/server/contracts/circuit";
import { RATINGS } from "@/server/contracts/scenario";
import { classNames } from "../ui/class-names";
import { INVESTMENT_GRADE, type CircuitReading } from "./circuit-reading";
import type { CircuitWords } from "./circuit-words";

type Props = { dto: CircuitDto; reading: CircuitReading; words: CircuitWords; quarterText: string };

const rank = (rating: string | null) => (rating === null ? -1 : RATINGS.findIndex((grade) => grade === rating));
const hot = (chunks: ReactNode) => <b className="font-semibold text-wire-interest">{chunks}</b>;
const strong = (chunks: ReactNode) => <b className="font-semibold text-text">{chunks}</b>;

/** What the scenario does to the company, said in sentences made from the solved currents; the worst news comes first. */
function Sentences({ dto, reading, words, quarterText }: Props) {
  const { t, money, multiple, silent } = words;
  const quarter = quarterText;
  const fuse = reading.byId.get("fuse");
  const interest = reading.byId.get("interest");
  const owners = reading.byId.get("toOwners");
  const kept = reading.byId.get("kept");
  const { icr: wasIcr, rating: wasRating } = reading.before;
  const { icr, rating } = reading.after;
  const limit = multiple(dto.covenantIcr.value);
  const said: ReactNode[] = [];
  const anything = reading.elements.some(({ change }) => !silent(change));

  if (fuse?.stateAfter === "open") said.push(fuse.stateBefore === "open" ? t("verdict.fuseOpenBoth", { limit }) : t.rich("verdict.fuseOpen", { limit, hot }));
  if (!anything) said.push(t("verdict.same", { quarter }));
  else if (!interest) said.push(t("verdict.noDebt"));
  else if (silent(interest.change)) said.push(t("verdict.interestSame", { quarter }));
  else said.push(t.rich(interest.change > 0 ? "verdict.interestUp" : "verdict.interestDown", { quarter, amount: money(Math.abs(interest.change)), hot, strong }));

  if (anything && icr !== null && wasIcr !== null) {
    const moved = multiple(icr) !== multiple(wasIcr);
    said.push(moved ? t.rich(icr < wasIcr ? "verdict.coverFell" : "verdict.coverRose", { before: multiple(wasIcr), after: multiple(icr), hot, strong }) : t("verdict.coverSame", { after: multiple(icr) }));
  }
  if (rating !== null && wasRating !== null && rating !== wasRating) {
    const fell = rank(rating) > rank(wasRating);
    const lost = fell && rank(wasRating) <= rank(INVESTMENT_GRADE) && rank(rating) > rank(INVESTMENT_GRADE);
    said.push(t.rich(lost ? "verdict.gradeLost" : fell ? "verdict.gradeFell" : "verdict.gradeRose", { before: wasRating, after: rating, hot, strong }));
  }
  if (owners && !silent(owners.change)) said.push(t.rich(owners.change < 0 ? "verdict.ownersLess" : "verdict.ownersMore", { amount: money(Math.abs(owners.change)), strong }));
  const line = reading.byId.get("interestCreditLine")?.figuresAfter.amount ?? 0;
  if (line > 0) said.push(t("verdict.creditLine", { amount: money(line) }));
  else if (kept && kept.after < 0 && !silent(kept.after)) said.push(t("verdict.cashDrains", { amount: money(-kept.after) }));
  return <>{said.map((sentence, i) => <span key={i}>{sentence} </span>)}</>;
}

/** The sentence and the four figures one looks for first. */
export function CircuitVerdict(props: Props) {
  const { dto, reading, words } = props;
  const { t, money, millions, multiple, percent, residual } = words;
  const { before, after, totals } = reading;
  const owners = reading.byId.get("toOwners");
  const worse = rank(after.rating) > rank(before.rating);
  const holds = after.residual <= dto.residualLimit && before.residual <= dto.residualLimit;
  const coverFell = before.icr !== null && after.icr !== null && after.icr < before.icr && multiple(before.icr) !== multiple(after.icr);
  const moved = before.icr !== null && after.icr !== null && multiple(before.icr) !== multiple(after.icr);
  return (
    <section aria-label={t("verdict.section")} className="grid items-center gap-x-6 gap-y-3 py-1 min-[1180px]:grid-cols-[minmax(0,1fr)_auto]">
      <p aria-live="polite" className="max-w-[64ch] text-lg leading-6 text-pretty text-muted"><Sentences {...props} /></p>
      <dl className="flex max-md:grid max-md:grid-cols-2 max-md:gap-y-3">
        <Kpi label={t("verdict.cover")} was={moved ? multiple(before.icr) : null} now={multiple(after.icr)} hot={coverFell} note={after.icrEbitda === null ? t("verdict.coverNote") : t("verdict.ebitda", { value: multiple(after.icrEbitda) })} />
        <Kpi label={t("verdict.rating")} was={before.rating !== after.rating ? before.rating : null} now={after.rating ?? t("verdict.unknown")} hot={worse} note={before.spread === after.spread ? t("verdict.spreadSame", { after: percent(after.spread, { digits: 2 }) }) : t("verdict.spread", { before: percent(before.spread, { digits: 2 }), after: percent(after.spread, { digits: 2 }) })} />
        {owners && <Kpi label={t("verdict.owners")} was={words.silent(owners.change) ? null : millions(owners.before)} now={money(owners.after)} note={`${words.silent(owners.change) ? "" : owners.change > 0 ? "▲ " : "▼ "}${words.change(owners)}`} />}
        <div className="border-l border-line pl-5 max-md:px-3 max-md:even:border-l">
          <dt className="text-xs text-muted">{t("verdict.balance")}</dt>
          <dd className="flex items-baseline gap-1.5 text-xl leading-7 font-semibold whitespace-nowrap tabular-nums max-md:text-base">
            {millions(totals.in)}<span className="text-base font-normal text-muted">=</span>{millions(totals.out)}<span className="text-base font-normal text-muted">{totals.kept < 0 ? "−" : "+"}</span>{millions(Math.abs(totals.kept))}
          </dd>
          <dd className="text-xs whitespace-nowrap text-muted max-md:whitespace-normal"><span aria-hidden="true" className={classNames("font-semibold", holds ? "text-up" : "text-down")}>{holds ? "✓ " : "✗ "}</span>{t(holds ? "verdict.residual" : "verdict.residualBad", { value: residual(Math.max(before.residual, after.residual)) })}</dd>
        </div>
      </dl>
    </section>
  );
}

function Kpi({ label, was, now, note, hot: isHot = false }: { label: string; was: string | null; now: string; note: string; hot?: boolean }) {
  return (
    <div className="border-line px-5 not-first:border-l max-[1179px]:first:pl-0 max-md:px-3 max-md:odd:border-l-0 max-md:odd:pl-0">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="flex items-baseline gap-2 text-xl leading-7 font-semibold tracking-tight whitespace-nowrap tabular-nums max-md:text-lg">
        {was !== null && <><span className="text-lg font-normal text-muted max-md:text-sm">{was}</span><span aria-hidden="true" className="text-lg font-normal text-muted max-md:text-sm">→</span></>}
        <b className={classNames("font-semibold", isHot && "text-wire-interest")}>{now}</b>
      </dd>
      <dd className="text-xs text-muted">{note}</dd>
    </div>
  );
}
