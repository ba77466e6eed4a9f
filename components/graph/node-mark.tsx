import type { NodeKindName } from "@/server/contracts/graph";
import { classNames } from "@/components/ui/class-names";

const MARK: Record<NodeKindName, { tone: string; path: string }> = {
  driver: { tone: "text-node-driver", path: "M6 .5 11.5 6 6 11.5 .5 6Z" },
  sector: { tone: "text-node-sector", path: "M3 1.2h6L12 6 9 10.8H3L0 6Z" },
  company: { tone: "text-node-company", path: "M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z" },
  asset: { tone: "text-node-asset", path: "M2.5 1.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z" },
};

/** The shape and colour of a layer: shape repeats colour. */
export function NodeMark({ kind, className }: { kind: NodeKindName; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={classNames("size-3 flex-none", MARK[kind].tone, className)}>
      <path d={MARK[kind].path} fill="currentColor" />
    </svg>
  );
}
