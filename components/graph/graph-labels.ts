import type { GraphNodeDto } from "@/server/contracts/graph";
import type { GraphIndex } from "./graph-index";
import type { GraphPicture, Tone } from "./graph-picture";
import type { VisibleGraph } from "./graph-filter";

export type GraphLabel = {
  key: string;
  node: number;
  text: string;
  /** Change beside the name, with the direction of its arrow; 0 draws none. */
  change: { text: string; tone: Tone; arrow: -1 | 0 | 1 } | null;
  importance: number;
  always: boolean;
  strong: boolean;
  dim: boolean;
};

type LabelInput = {
  index: GraphIndex;
  visible: VisibleGraph;
  picture: GraphPicture;
  focus: string | null;
  hover: string | null;
  shocked: readonly string[];
  /** Neighbours of the focused node, strongest first. */
  near: readonly string[];
  showAll: boolean;
  text: (node: GraphNodeDto) => string;
  change: (node: GraphNodeDto) => GraphLabel["change"];
  limit?: number;
};

function importanceOf(node: GraphNodeDto, i: number, { index, picture, shocked, near }: LabelInput): number {
  const { magnitude, cold } = picture.nodes[i]!;
  const nearness = near.indexOf(node.key);
  const base =
    node.kind === "driver" ? (shocked.includes(node.key) ? 1_000 : cold ? 90 : 240)
    : node.kind === "sector" ? 320
    : node.kind === "company" ? 12 + (node.revenue && node.revenue > 0 ? Math.max(0, Math.log10(node.revenue) - 8) * 6 : 0) + (magnitude ?? 0) * 130
    : 4 + Math.min(20, index.links[i]!.length);
  return base + (nearness >= 0 ? 180 - Math.min(nearness, 60) : 0);
}

/** The labels worth placing, most important first: hovered, focused and shocked nodes always, then the moved and the large. */
export function graphLabels(input: LabelInput): GraphLabel[] {
  const { index, visible, picture, focus, hover, shocked, showAll, limit = 110 } = input;
  return index.graph.nodes
    .flatMap((node, i): GraphLabel[] => {
      const always = node.key === focus || node.key === hover;
      if (!visible.nodes[i] || (!showAll && !always && !shocked.includes(node.key))) return [];
      return [{ key: node.key, node: i, text: "", change: null, importance: importanceOf(node, i, input), always, strong: always || shocked.includes(node.key) || node.kind === "sector", dim: picture.nodes[i]!.cold && !always }];
    })
    .sort((a, b) => Number(b.always) - Number(a.always) || b.importance - a.importance || a.node - b.node)
    .slice(0, limit)
    .map((label) => {
      const node = index.graph.nodes[label.node]!;
      return { ...label, text: input.text(node), change: input.change(node) };
    });
}
