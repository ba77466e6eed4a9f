import type { CircuitDto, CircuitElement } from "@/server/contracts/circuit";
import style from "./circuit-drawing.module.css";
import type { CircuitScale } from "./circuit-scale";
import { CircuitSymbol } from "./circuit-symbol";
import type { CircuitWords } from "./circuit-words";

const SYMBOLS: readonly (readonly [CircuitElement["kind"], string])[] = [
  ["source", "in"], ["resistor", "out"], ["coil", "interest"], ["diode", "out"],
  ["fuse", "interest"], ["dependentSource", "out"], ["switch", "out"], ["capacitor", "live"],
];

type Props = { words: CircuitWords; scale: CircuitScale; elements: CircuitDto["elements"]; x: number; y: number };

/** Scale and symbols; only kinds that this circuit has. */
export function CircuitLegend({ words: { t, stock }, scale, elements, x, y }: Props) {
  const present = SYMBOLS.filter(([kind]) => elements.some((element) => element.kind === kind));
  return (
    <g transform={`translate(${x} ${y})`}>
      <text className={style.head} y={0}>{t("legend.title")}</text>
      <path className={style.line} d="M0 12H384" />
      <g className={style.live} transform="translate(0 34)"><path className={style.band} strokeWidth={10} d="M0 0H48" /><path className={style.core} d="M0 0H48" /><path className={style.arrow} transform="translate(24 0)" d="M-4-4.5L4.5 0L-4 4.5L-2.2 0Z" /></g>
      <text className={style.quiet} x={62} y={38}>{t("legend.wire", { amount: stock(scale.usdPerPx * 10) })}</text>
      <g className={style.live} transform="translate(0 58)"><path className={style.lossFill} strokeWidth={6} d="M0 -1H48" /><path className={style.loss} d="M0 2H48" /></g>
      <text className={style.quiet} x={62} y={62}>{t("legend.lost", { factor: scale.edgeFactor })}</text>
      <g className={style.interest} transform="translate(0 82)"><path className={style.gain} strokeWidth={4} d="M0 0H48" /></g>
      <text className={style.quiet} x={62} y={86}>{t("legend.gained", { factor: scale.edgeFactor })}</text>
      {present.map(([kind, tone], i) => (
        <g key={kind} transform={`translate(${(i % 2) * 200} ${114 + Math.floor(i / 2) * 29})`}>
          <CircuitSymbol kind={kind} tone={style[tone]!} x={24} scale={0.66} state={kind === "switch" ? "closed" : null} />
          <text className={style.quiet} x={58} y={4}>{t(`legend.${kind}`)}</text>
        </g>
      ))}
    </g>
  );
}
