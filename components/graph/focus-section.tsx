import type { ReactNode } from "react";
import type { GraphNodeDto } from "@/server/contracts/graph";
import type { DriverInfo, ScenarioResult, ScenarioSpec } from "@/server/contracts/scenario";
import type { VisibleGraph } from "./graph-filter";
import type { GraphIndex } from "./graph-index";
import type { OutcomeAtQuarter } from "./outcome-at-quarter";

export type FocusPanelProps = {
  index: GraphIndex;
  visible: VisibleGraph;
  node: GraphNodeDto;
  spec: ScenarioSpec;
  result: ScenarioResult | undefined;
  outcomes: ReadonlyMap<string, OutcomeAtQuarter> | null;
  drivers: readonly DriverInfo[];
  quarter: number;
  onFocus: (key: string | null) => void;
  onQuarter: (quarter: number) => void;
};

/** A titled part of the side panel. */
export function FocusSection({ title, detail, children }: { title: ReactNode; detail?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 flex items-baseline gap-2 text-xs font-semibold">{title}{detail && <small className="text-2xs font-normal text-muted">{detail}</small>}</h3>
      {children}
    </section>
  );
}
