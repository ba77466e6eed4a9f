import { AppError } from "@/server/domain/app-error";
import { luFactor } from "./lu-factor";

/** The reference node; its potential is 0. */
export const GROUND = "ground";

/** Sum of gains times the currents of other elements. */
export type Controls = readonly { element: string; gain: number }[];

/** Current counts positive from `from` to `to` through the element; the voltage of an element is v(from) - v(to). */
export type NetworkElement = { id: string; from: string; to: string } & (
  | { kind: "currentSource"; amps: number }
  | { kind: "voltageSource"; volts: number }
  | { kind: "resistor"; ohms: number }
  | { kind: "controlledCurrentSource"; controls: Controls }
  | { kind: "capacitor"; farads: number; voltsBefore: number }
  | { kind: "inductor"; henries: number; ampsBefore: number }
  | { kind: "diode" }
  | { kind: "switch"; closed: boolean }
  | { kind: "fuse"; holdsWhile: { controls: Controls; constant: number } }
);

export type NetworkSolution = {
  currents: Readonly<Record<string, number>>;
  potentials: Readonly<Record<string, number>>;
  /** Whether a diode conducts, a switch or fuse is closed; other elements do not appear. */
  closed: Readonly<Record<string, boolean>>;
  /** Worst |current in - current out| over the nodes, ground included, divided by the largest current; 0 when nothing flows. */
  residual: number;
  /** State combinations that were solved. */
  solves: number;
};

/** Beyond this many combinations of diodes and fuses the search gives up. */
const MAX_SOLVES = 4_096;
const TOLERANCE = 1e-11;

type Gate = Extract<NetworkElement, { kind: "diode" | "fuse" }>;
type Attempt = { currents: Record<string, number>; potentials: Record<string, number>; wrong: number[] };

const isGate = (element: NetworkElement): element is Gate => element.kind === "diode" || element.kind === "fuse";
const nothing = (message: string, elements: readonly string[]) => new AppError("RULE_VIOLATED", message, { field: "elements", elements });

/**
 * Currents and potentials of a network for one time step, by modified nodal analysis.
 *
 *     [ Y  B ] [ v ]   [ J ]     Kirchhoff's current law, one row per node but ground
 *     [ C  D ] [ i ] = [ E ]     the element's own law, one row per current that is an unknown
 *
 * v are node potentials, i the currents of voltage sources, controlled sources, inductors, diodes, switches and fuses, and of every element that
 * controls another. Resistors and capacitors stamp conductances into Y.
 *
 *     capacitor  i = C (v - v0) / h        inductor  v = L (i - i0) / h        with h = `step`
 *     diode      i >= 0, v <= 0, i v = 0   fuse      closed (v = 0) while constant + sum gain i >= 0, else open (i = 0)
 *
 * @param elements  at least one touches ground; ids are unique; ohms, farads, henries > 0
 * @param options.step  h, in the time unit of farads and henries; default 1
 * @returns currents by element and potentials by node
 * @throws AppError INVALID_INPUT for a value out of range, an id used twice or a control that does not exist;
 *   RULE_VIOLATED naming the node or element that the equations leave undetermined, or the diodes and fuses for which no state agrees with itself
 *
 * Convention: backward Euler, which never rings and for which charge is exactly the sum of currents times h. States are found by flipping what
 * contradicts itself, from all conducting; when that comes back to a state it has seen, every combination is tried, so that "none exists" is proven
 * for up to 12 diodes and fuses and bounded by 4,096 solves for more. A state within 1e-11 of the largest current or potential counts as agreeing.
 * Source: Ho, Ruehli and Brennan, "The Modified Nodal Approach to Network Analysis", IEEE Trans. Circuits Syst. 22(6), 1975, pp. 504-509.
 * Worked: 10 V over 1 ohm and 4 ohm in series -> 8 V between them, 2 A through both
 */
export function modifiedNodalAnalysis(elements: readonly NetworkElement[], { step = 1 }: { step?: number } = {}): NetworkSolution {
  check(elements, step);
  const gates = elements.filter(isGate);
  const seen = new Set<string>();
  let solves = 0;
  let undetermined: AppError | null = null;
  let determined = false;

  const attempt = (state: readonly boolean[]): Attempt | null => {
    solves++;
    seen.add(state.map(Number).join(""));
    const closed = new Map(gates.map(({ id }, i) => [id, state[i]!]));
    const solved = solveLinear(elements, step, closed);
    if (solved instanceof AppError) {
      undetermined ??= solved;
      return null;
    }
    determined = true;
    return { ...solved, wrong: contradictions(gates, state, solved) };
  };
  const result = (state: readonly boolean[], { currents, potentials }: Attempt): NetworkSolution => {
    const switches = elements.flatMap((element) => (element.kind === "switch" ? [[element.id, element.closed] as const] : []));
    const closed = Object.fromEntries([...switches, ...gates.map(({ id }, i) => [id, state[i]!] as const)]);
    return { currents, potentials, closed, residual: kirchhoffResidual(elements, currents), solves };
  };

  let state = gates.map(() => true);
  while (!seen.has(state.map(Number).join("")) && solves < MAX_SOLVES) {
    const found = attempt(state);
    if (found === null) break;
    if (found.wrong.length === 0) return result(state, found);
    state = state.map((closed, i) => (found.wrong.includes(i) ? !closed : closed));
  }
  for (let code = 0; code < 2 ** gates.length && solves < MAX_SOLVES; code++) {
    const combination = gates.map((_, i) => Math.floor(code / 2 ** i) % 2 === 0);
    if (seen.has(combination.map(Number).join(""))) continue;
    const found = attempt(combination);
    if (found?.wrong.length === 0) return result(combination, found);
  }

  // When every state left something floating, the wiring is at fault and not the states.
  if (undetermined && !determined) throw undetermined;
  const names = gates.map(({ id }) => id);
  const proof = solves >= 2 ** gates.length ? "No state" : `None of ${solves} states tried`;
  throw nothing(`${proof} of ${names.join(", ")} agrees with the currents it leads to`, names);
}

/** Worst |inflow - outflow| over all nodes, ground included, relative to the largest current; 0 when nothing flows. */
export function kirchhoffResidual(elements: readonly { id: string; from: string; to: string }[], currents: Readonly<Record<string, number>>): number {
  const balance = new Map<string, number>();
  let largest = 0;
  for (const { id, from, to } of elements) {
    const current = currents[id]!;
    largest = Math.max(largest, Math.abs(current));
    balance.set(from, (balance.get(from) ?? 0) - current);
    balance.set(to, (balance.get(to) ?? 0) + current);
  }
  return largest === 0 ? 0 : Math.max(...[...balance.values()].map(Math.abs)) / largest;
}

function check(elements: readonly NetworkElement[], step: number): void {
  const bad = (message: string, field: string) => new AppError("INVALID_INPUT", message, { field });
  if (!(step > 0 && Number.isFinite(step))) throw bad("The time step must be positive", "step");
  const ids = new Set(elements.map(({ id }) => id));
  if (ids.size !== elements.length) throw bad("Two elements have the same id", "elements");
  if (!elements.some(({ from, to }) => from === GROUND || to === GROUND)) throw bad("No element touches ground", "elements");

  for (const element of elements) {
    const field = `elements.${element.id}`;
    const positive = element.kind === "resistor" ? element.ohms : element.kind === "capacitor" ? element.farads : element.kind === "inductor" ? element.henries : 1;
    if (!(positive > 0)) throw bad(`${element.id} needs a positive value`, field);
    if (element.from === element.to) throw bad(`${element.id} has both ends at ${element.from}`, field);
    const controls = controlsOf(element);
    const figures = [...Object.values(element).filter((value) => typeof value === "number"), ...controls.map(({ gain }) => gain), element.kind === "fuse" ? element.holdsWhile.constant : 0];
    if (!figures.every(Number.isFinite)) throw bad(`${element.id} has a value that is not finite`, field);
    const missing = controls.find((control) => !ids.has(control.element));
    if (missing) throw bad(`${element.id} is controlled by ${missing.element}, which does not exist`, field);
  }
}

function controlsOf(element: NetworkElement): Controls {
  if (element.kind === "controlledCurrentSource") return element.controls;
  return element.kind === "fuse" ? element.holdsWhile.controls : [];
}

/** Places in `gates` of what contradicts its own state. */
function contradictions(gates: readonly Gate[], state: readonly boolean[], { currents, potentials }: Omit<Attempt, "wrong">): number[] {
  const largest = (values: Record<string, number>) => Object.values(values).reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const currentSlack = TOLERANCE * largest(currents);
  const potentialSlack = TOLERANCE * largest(potentials);
  const agrees = (gate: Gate, closed: boolean) => {
    if (gate.kind === "diode") return closed ? currents[gate.id]! >= -currentSlack : potentials[gate.from]! - potentials[gate.to]! <= potentialSlack;
    const { controls, constant } = gate.holdsWhile;
    const margin = controls.reduce((sum, { element, gain }) => sum + gain * currents[element]!, constant);
    return closed ? margin >= -currentSlack : margin < -currentSlack;
  };
  return gates.flatMap((gate, i) => (agrees(gate, state[i]!) ? [] : [i]));
}

/** One linear solve with the state of each gate given; the error that names the undetermined unknown is returned, not thrown. */
function solveLinear(elements: readonly NetworkElement[], step: number, closed: ReadonlyMap<string, boolean>): Omit<Attempt, "wrong"> | AppError {
  const nodes = [...new Set(elements.flatMap(({ from, to }) => [from, to]))].filter((node) => node !== GROUND);
  const controlling = new Set(elements.flatMap((element) => (element.kind === "controlledCurrentSource" ? element.controls.map((control) => control.element) : [])));
  const stamped = (element: NetworkElement) => (element.kind === "resistor" || element.kind === "capacitor" || element.kind === "currentSource") && !controlling.has(element.id);
  const branches = elements.filter((element) => !stamped(element));
  const nodeAt = new Map(nodes.map((node, i) => [node, i]));
  const branchAt = new Map(branches.map(({ id }, i) => [id, nodes.length + i]));

  const size = nodes.length + branches.length;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const right = new Array<number>(size).fill(0);
  const add = (row: number | undefined, column: number | undefined, value: number) => {
    if (row !== undefined && column !== undefined) matrix[row]![column]! += value;
  };
  const push = (row: number | undefined, value: number) => {
    if (row !== undefined) right[row]! += value;
  };

  for (const element of elements) {
    const from = nodeAt.get(element.from);
    const to = nodeAt.get(element.to);
    const own = branchAt.get(element.id);
    const { conductance, amps } = companion(element, step);
    if (own === undefined) {
      add(from, from, conductance);
      add(to, to, conductance);
      add(from, to, -conductance);
      add(to, from, -conductance);
      push(from, -amps);
      push(to, amps);
      continue;
    }
    add(from, own, 1);
    add(to, own, -1);
    const law = branchLaw(element, step, closed.get(element.id) ?? false);
    add(own, from, law.volts);
    add(own, to, -law.volts);
    add(own, own, law.amps);
    for (const { element: control, gain } of law.controls) add(own, branchAt.get(control), -gain);
    right[own]! += law.right;
  }

  const factor = luFactor(matrix);
  if (factor.solve === null) {
    const node = nodes[factor.undetermined];
    if (node !== undefined) return nothing(`Nothing fixes the potential of node ${node}`, [node]);
    const branch = branches[factor.undetermined - nodes.length]!;
    return nothing(`Nothing fixes the current of ${branch.id} at node ${branch.from}`, [branch.id, branch.from]);
  }
  const solution = factor.solve(right);
  const potentials: Record<string, number> = { [GROUND]: 0, ...Object.fromEntries(nodes.map((node, i) => [node, solution[i]!])) };
  const currentOf = (element: NetworkElement) => {
    const own = branchAt.get(element.id);
    if (own !== undefined) return solution[own]!;
    const { conductance, amps } = companion(element, step);
    return conductance * (potentials[element.from]! - potentials[element.to]!) + amps;
  };
  return { potentials, currents: Object.fromEntries(elements.map((element) => [element.id, currentOf(element)])) };
}

/** i = conductance x v + amps, for the elements whose current follows from potentials. */
function companion(element: NetworkElement, step: number): { conductance: number; amps: number } {
  if (element.kind === "resistor") return { conductance: 1 / element.ohms, amps: 0 };
  if (element.kind === "capacitor") return { conductance: element.farads / step, amps: (-element.farads / step) * element.voltsBefore };
  return { conductance: 0, amps: element.kind === "currentSource" ? element.amps : 0 };
}

/** volts x (v(from) - v(to)) + amps x i - sum gain i(control) = right, for the elements whose current is an unknown. */
function branchLaw(element: NetworkElement, step: number, closed: boolean): { volts: number; amps: number; controls: Controls; right: number } {
  const wire = { volts: 1, amps: 0, controls: [], right: 0 };
  const gap = { volts: 0, amps: 1, controls: [], right: 0 };
  switch (element.kind) {
    case "voltageSource":
      return { ...wire, right: element.volts };
    case "controlledCurrentSource":
      return { ...gap, controls: element.controls };
    case "inductor":
      return { ...wire, amps: -element.henries / step, right: (-element.henries / step) * element.ampsBefore };
    case "switch":
      return element.closed ? wire : gap;
    case "diode":
    case "fuse":
      return closed ? wire : gap;
    default: {
      const { conductance, amps } = companion(element, step);
      return { ...gap, volts: -conductance, right: amps };
    }
  }
}
