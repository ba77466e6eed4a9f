import type { CircuitDto } from "@/server/contracts/circuit";
import { classNames } from "../ui/class-names";
import style from "./circuit-drawing.module.css";
import { INVESTMENT_GRADE, type CircuitReading, type Overlay } from "./circuit-reading";
import type { CircuitWords } from "./circuit-words";

type Props = { dto: Pick<CircuitDto, "covenantIcr" | "ratingTable">; reading: CircuitReading; words: CircuitWords; overlay: Overlay; x: number; y: number; width: number };

/** Cover on a line with the fuse's limit and the floor of investment grade; figures stand where they do not meet. */
export function CoverScale({ dto, reading, words: { t, multiple }, overlay, x, y, width }: Props) {
  const [before, after] = [reading.before.icr, reading.after.icr];
  const shown = overlay === "before" ? before : after;
  if (before === null || after === null || shown === null) return <text className={style.quiet} x={x} y={y + 4}>{`${t("diagram.coverAxis")}: ${t("verdict.unknown")}`}</text>;
  const fuse = dto.covenantIcr.value;
  const floor = dto.ratingTable.find(({ rating }) => rating === INVESTMENT_GRADE)?.icrFrom ?? null;
  const values = [fuse, floor ?? fuse, before, after];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // Beyond three times the floor the thresholds would crowd at the left end: the line ends in an arrow there.
  const top = Math.min(high, Math.max(3 * (floor ?? fuse), 4));
  const bottom = Math.max(low, -2);
  const left = x + 116;
  const span = width - 124;
  const at = (value: number) => left + 14 + (Math.min(Math.max((value - bottom) / Math.max(top - bottom, 0.1), 0), 1) * (span - 40));
  const [fuseX, floorX, beforeX, afterX] = [at(fuse), at(floor ?? fuse), at(before), at(after)];
  const moved = overlay === "both" && multiple(after) !== multiple(before);
  const better = after >= before;
  const clear = (from: number, ...others: number[]) => others.every((other) => Math.abs(other - from) > 62);
  return (
    <g className={moved ? (better ? style.better : undefined) : style.unmoved} aria-hidden="true">
      <text className={style.junction} x={x} y={y - 4}>{t("diagram.coverAxis")}</text>
      <text className={style.quiet} x={x} y={y + 13}>{t("diagram.coverFormula")}</text>
      <path className={style.scale} d={`M${left} ${y}H${left + span}`} />
      <path className={style.fuseTick} d={`M${fuseX} ${y - 9}V${y + 9}`} />
      {floor !== null && <path className={style.gradeTick} d={`M${floorX} ${y - 8}V${y + 8}`} />}
      {floor !== null && <text className={style.quiet} x={Math.min(floorX, left + span - 40)} y={y - 14} textAnchor="middle">{t("diagram.gradeAt", { grade: INVESTMENT_GRADE, value: multiple(floor) })}</text>}
      {moved && Math.abs(afterX - beforeX) > 14 && <path className={style.move} d={`M${beforeX} ${y}H${afterX}`} />}
      {moved && <circle className={style.dotBefore} cx={beforeX} cy={y} r={5.5} />}
      <circle className={style.dotAfter} cx={at(shown)} cy={y} r={6.5} />
      {clear(fuseX, at(shown)) && <text className={style.quiet} x={fuseX} y={y + 27} textAnchor="middle">{t("diagram.fuseAt", { value: multiple(fuse) })}</text>}
      <Figures {...{ shown: multiple(shown), was: moved ? t("diagram.was", { value: multiple(before) }) : null, y: y + 27, left: Math.min(at(shown), beforeX), right: Math.max(at(shown), beforeX), fell: after < before, limit: left + span, hot: moved && !better }} />
    </g>
  );
}

type FiguresProps = { shown: string; was: string | null; y: number; left: number; right: number; fell: boolean; limit: number; hot: boolean };

/** The two figures under their dots; where the line ends too near, both stand before it in one line. */
function Figures({ shown, was, y, left, right, fell, limit, hot }: FiguresProps) {
  const now = (x: number, anchor: "start" | "middle" | "end") => <text className={classNames(style.junction, hot && style.toneHot)} x={x} y={y} textAnchor={anchor}>{shown}</text>;
  if (was === null) return now(Math.min(right, limit - 24), "middle");
  if (right + 84 > limit) {
    return (
      <text className={style.junction} x={limit} y={y} textAnchor="end">
        <tspan className={hot ? style.toneHot : undefined}>{shown}</tspan>
        <tspan className={style.quiet} dx={10}>{was}</tspan>
      </text>
    );
  }
  const before = (x: number, anchor: "start" | "end") => <text className={style.quiet} x={x} y={y} textAnchor={anchor}>{was}</text>;
  return fell ? <>{now(left + 4, "end")}{before(right - 4, "start")}</> : <>{before(left + 4, "end")}{now(right - 4, "start")}</>;
}
