import type { CircuitElement, CircuitStateDto } from "@/server/contracts/circuit";
import { classNames } from "../ui/class-names";
import style from "./circuit-drawing.module.css";

type State = CircuitStateDto["states"][number];
type Props = { kind: CircuitElement["kind"]; tone: string; x?: number; y?: number; state?: State; scale?: number; /** Points the other way. */ reversed?: boolean };

/** The symbol of an element, knocked out of its band; one shape per kind, so that it reads without its colour. */
export function CircuitSymbol({ kind, tone, x = 0, y = 0, state = null, scale = 1, reversed = false }: Props) {
  return (
    <g className={classNames(style.symbol, tone, state === "blocked" && style.blocked)} transform={`translate(${x} ${y}) scale(${scale})${reversed ? " rotate(180)" : ""}`}>
      <Shape kind={kind} state={state} reversed={reversed} />
    </g>
  );
}

function Shape({ kind, state, reversed }: { kind: CircuitElement["kind"]; state: State; reversed: boolean }) {
  switch (kind) {
    case "source":
      return (
        <>
          <circle className={style.face} r={18} />
          <path d="M-9 0H9M2.2-6.5L9 0L2.2 6.5" />
        </>
      );
    case "resistor":
      return (
        <>
          <rect className={style.knock} x={-27} y={-13} width={54} height={26} />
          <path d="M-27 0H-21L-17.5-9L-10.5 9L-3.5-9L3.5 9L10.5-9L17.5 9L21 0H27" />
        </>
      );
    case "coil":
      return (
        <>
          <rect className={style.knock} x={-32} y={-13} width={64} height={26} />
          <path d="M-32 0H-26a6.5 9 0 0 1 13 0a6.5 9 0 0 1 13 0a6.5 9 0 0 1 13 0a6.5 9 0 0 1 13 0H32" />
        </>
      );
    case "diode":
      return (
        <>
          <rect className={style.knock} x={-22} y={-13} width={44} height={26} />
          <path d="M-22 0H-9M9 0H22M9-10V10" />
          <path className={state === "blocked" ? style.face : style.solid} d="M-9-10L9 0L-9 10Z" />
        </>
      );
    case "fuse":
      return state === "open" ? (
        <>
          <rect className={style.knock} x={-31} y={-13} width={62} height={26} />
          <path d="M-31 0H-24M24 0H31M-24-9H-10M-24 9H-10M-24-9V9M24-9H10M24 9H10M24-9V9M-10 4L-4-4M10-4L4 4" />
        </>
      ) : (
        <>
          <rect className={style.knock} x={-31} y={-13} width={62} height={26} />
          <rect className={style.face} x={-24} y={-9} width={48} height={18} rx={4} />
          <path d="M-31 0H31" />
        </>
      );
    case "dependentSource":
      return (
        <>
          <path className={style.face} d="M-18 0L0-15L18 0L0 15Z" />
          <path d="M-6.8 0H7.5M1.8-5.1L7.5 0L1.8 5.1" />
        </>
      );
    case "switch":
      return (
        <>
          <rect className={style.knock} x={-20} y={-11} width={40} height={22} />
          <circle className={style.face} cx={-13} r={2.6} />
          <circle className={style.face} cx={13} r={2.6} />
          <path d={state === "open" ? "M-20 0H-15.6M15.6 0H20M-10.8-1.2L9-10" : "M-20 0H-15.6M15.6 0H20M-10.6-1L12-2.6"} />
        </>
      );
    case "meter":
      return (
        <>
          <circle className={style.face} r={17} />
          <text className={style.letter} textAnchor="middle" y={5} transform={reversed ? "rotate(180)" : undefined}>A</text>
        </>
      );
    case "capacitor":
      return (
        <>
          <rect className={style.knock} x={-18} y={-10} width={36} height={20} />
          <path strokeWidth={3} d="M-16-8H16M-16 8H16" />
          <rect className={style.solid} x={-13} y={-1} width={26} height={6} fillOpacity={0.35} stroke="none" />
        </>
      );
  }
}

/** The outside world under a source, a plate or the rail. */
export function GroundSymbol({ x, y }: { x: number; y: number }) {
  return <path className={classNames(style.symbol, style.muted)} transform={`translate(${x} ${y})`} d="M0-8V0M-11 0H11M-7 4.5H7M-3 9H3" />;
}
