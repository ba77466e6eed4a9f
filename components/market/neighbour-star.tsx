"use client";

import Link from "next/link";
import { useLocale } from "next-intl";
import type { ConnectionDto, GraphNodeDto } from "@/server/contracts/graph";
import { numberText } from "@/components/format/number-text";
import { useNodeText } from "@/components/graph/use-node-text";
import { NodeMark } from "@/components/graph/node-mark";
import { classNames } from "@/components/ui/class-names";
import { coefficientOf, hrefOf } from "./neighbour-facts";

/** Places of the neighbours round the company, shares of the box; the strongest stands at the top, the others follow clockwise. */
const PLACES = [[0.5, 0.1], [0.82, 0.18], [0.82, 0.5], [0.82, 0.82], [0.5, 0.9], [0.18, 0.82], [0.18, 0.5], [0.18, 0.18]] as const;
/** Where along the line its figure stands, from the company. */
const FIGURE_AT = 0.46;

type Props = { ticker: string; neighbours: readonly { node: GraphNodeDto; connection: ConnectionDto }[] };

/** The strongest connections at a glance. It repeats the list below it, which keyboard and screen reader use instead. */
export function NeighbourStar({ ticker, neighbours }: Props) {
  const locale = useLocale();
  const { short } = useNodeText();
  const placed = neighbours.slice(0, PLACES.length).map((neighbour, i) => {
    const [x, y] = PLACES[i]!;
    return { ...neighbour, x, y, value: coefficientOf(neighbour.connection) };
  });
  const at = (x: number, y: number) => ({ left: `${x * 100}%`, top: `${y * 100}%` });
  const chip = "absolute flex h-6.5 max-w-[34%] -translate-1/2 items-center gap-1.5 rounded-md border px-2 text-xs whitespace-nowrap";
  return (
    <div aria-hidden="true" className="relative mx-4 my-3 h-54 overflow-hidden">
      <svg className="absolute inset-0 size-full">
        {placed.map(({ node, connection, x, y, value }) => (
          <line key={connection.id + node.key} x1="50%" y1="50%" x2={`${x * 100}%`} y2={`${y * 100}%`} stroke={value < 0 ? "var(--down)" : value > 0 ? "var(--up)" : "var(--line-strong)"} strokeWidth={1 + 2 * connection.strength} strokeDasharray={value < 0 ? "5 4" : undefined} strokeOpacity="0.7" />
        ))}
      </svg>
      {placed.map(({ node, connection, x, y, value }) => (
        <span key={connection.id + node.key} className="absolute -translate-1/2 rounded-sm bg-surface-1 px-1 text-2xs text-muted" style={at(0.5 + (x - 0.5) * FIGURE_AT, 0.5 + (y - 0.5) * FIGURE_AT)}>
          {numberText(locale, value, { signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2 })}
        </span>
      ))}
      {placed.map(({ node, connection, x, y }) => (
        <Link key={connection.id + node.key} href={hrefOf(node)} tabIndex={-1} prefetch={false} className={classNames(chip, "border-line-strong bg-surface-2 font-medium hover:border-faint")} style={at(x, y)}>
          <NodeMark kind={node.kind} className="size-2 flex-none" />
          <span className="truncate">{short(node)}</span>
        </Link>
      ))}
      <span className={classNames(chip, "border-accent bg-accent-soft font-mono font-semibold")} style={at(0.5, 0.5)}>{ticker}</span>
    </div>
  );
}
