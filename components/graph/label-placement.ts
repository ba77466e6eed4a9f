export type LabelBox = { left: number; top: number; right: number; bottom: number };
export type LabelCandidate = {
  id: string;
  /** Screen position of the node and its radius there, px. */
  x: number;
  y: number;
  radius: number;
  width: number;
  height: number;
  /** Larger is placed first. */
  importance: number;
  /** Shown whatever it covers: the hovered and the focused node. */
  always?: boolean;
};
export type LabelSide = "right" | "left" | "top" | "bottom";
export type PlacedLabel = { id: string; side: LabelSide; left: number; top: number };

const SIDES: readonly LabelSide[] = ["right", "left", "bottom", "top"];
const GAP = 4;

/** A label that stood before needs this much more importance to be ousted, and may overlap by KEEP_SLACK px before it is dropped. */
const KEEP_BONUS = 0.25;
const KEEP_SLACK = 3;
/** A label that was hidden must find this much free room around it, so that it does not flicker at the edge of fitting. */
const ENTER_MARGIN = 4;

function boxAt({ x, y, radius, width, height }: LabelCandidate, side: LabelSide): LabelBox {
  const [cx, cy] = side === "right" ? [x + radius + GAP, y - height / 2] : side === "left" ? [x - radius - GAP - width, y - height / 2] : [x - width / 2, side === "top" ? y - radius - GAP - height : y + radius + GAP];
  return { left: cx, top: cy, right: cx + width, bottom: cy + height };
}

const meets = (a: LabelBox, b: LabelBox, margin: number) => a.left < b.right + margin && b.left < a.right + margin && a.top < b.bottom + margin && b.top < a.bottom + margin;

/**
 * Places labels greedily by importance beside their nodes, so that none covers another or a blocked box.
 * Labels of the previous placement keep their side while they can (hysteresis), so a turning camera does not make them flicker.
 * @param options.bounds  labels stay inside
 * @param options.sides  in the order in which they are tried
 * @param options.blocked  boxes of controls, and of the nodes that must stay readable
 */
export function placeLabels(
  candidates: readonly LabelCandidate[],
  options: { bounds: LabelBox; blocked?: readonly LabelBox[]; previous?: ReadonlyMap<string, LabelSide>; limit?: number; sides?: readonly LabelSide[] },
): PlacedLabel[] {
  const { bounds, blocked = [], previous = new Map<string, LabelSide>(), limit = 48, sides: preferred = SIDES } = options;
  const order = [...candidates]
    .map((label) => ({ label, score: (label.always ? 1e6 : 0) + label.importance * (previous.has(label.id) ? 1 + KEEP_BONUS : 1) }))
    .sort((a, b) => b.score - a.score || (a.label.id < b.label.id ? -1 : 1));
  const placed: PlacedLabel[] = [];
  const taken: LabelBox[] = [];
  for (const { label } of order) {
    if (placed.length >= limit && !label.always) break;
    const before = previous.get(label.id);
    const sides = before ? [before, ...preferred.filter((side) => side !== before)] : preferred;
    const margin = before ? -KEEP_SLACK : ENTER_MARGIN;
    const fits = (side: LabelSide) => {
      const box = boxAt(label, side);
      if (box.left < bounds.left || box.right > bounds.right || box.top < bounds.top || box.bottom > bounds.bottom) return false;
      return !taken.some((other) => meets(box, other, margin)) && !blocked.some((other) => meets(box, other, 0));
    };
    const side = sides.find(fits) ?? (label.always ? sides[0] : undefined);
    if (!side) continue;
    const box = boxAt(label, side);
    taken.push(box);
    placed.push({ id: label.id, side, left: box.left, top: box.top });
  }
  return placed;
}
