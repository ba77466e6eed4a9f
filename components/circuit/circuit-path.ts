import type { CircuitElement } from "@/server/contracts/circuit";
import type { ElementId, NodeId } from "./circuit-layout";

type Step = "along" | "back" | "next" | "previous";

/** The inner nodes of the interest branch belong to one stretch of wire. */
const joined = (node: NodeId): NodeId => (node === "covenant" ? "ladder" : node);

/**
 * Where an arrow key leads from an element: along the wire to what its money reaches, back to where it comes from, or to its neighbours at the
 * same junction. At an end it stays.
 */
export function stepFrom(id: ElementId, step: Step, elements: readonly Pick<CircuitElement, "id" | "from" | "to" | "column">[]): ElementId {
  const all = elements.filter((element) => element.id !== "waiver" && element.id !== "fuse");
  const here = all.find((element) => element.id === id);
  if (!here) return id;
  const [from, to] = [joined(here.from), joined(here.to)];
  if (step === "along" || step === "back") {
    const wanted = step === "along" ? to : from;
    if (wanted === "ground") return id;
    const onward = all.filter((element) => element.id !== id && (step === "along" ? joined(element.from) : joined(element.to)) === wanted);
    // The wire to the next junction goes on; leaves are reached by up and down.
    return (onward.find(({ column }) => column === "inside") ?? onward[0])?.id ?? id;
  }
  const junction = from === "ground" ? to : from;
  const siblings = all.filter((element) => (joined(element.from) === "ground" ? joined(element.to) : joined(element.from)) === junction);
  const at = siblings.findIndex((element) => element.id === id);
  return siblings[at + (step === "next" ? 1 : -1)]?.id ?? id;
}
