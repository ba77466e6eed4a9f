"use client";

import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo, useRef, type PointerEvent, type Ref } from "react";
import { Matrix4, PerspectiveCamera } from "three";
import { CurveRibbons, CurveSparks, STYLE_FLOATS, type Curves } from "@/components/three/curve-ribbons";
import type { FrameInsets } from "@/components/three/fit-camera";
import { InstancedNodes, type NodeInstances, type NodeShape } from "@/components/three/instanced-nodes";
import { LayerPlanes } from "@/components/three/layer-planes";
import { OrbitRig, type OrbitRigHandle } from "@/components/three/orbit-rig";
import { emptyProjection, pickPoint, projectPoints, type ProjectedPoints } from "@/components/three/projected-points";
import { RingSprites, type Ring } from "@/components/three/ring-sprites";
import { ThreeRoot, type ThreeFailure } from "@/components/three/three-root";
import { NODE_KINDS, type ConnectionKindName, type NodeKindName } from "@/server/contracts/graph";
import { CURVE_FLOATS, writeEdgeCurve, type Vec3 } from "./edge-curve";
import type { VisibleGraph } from "./graph-filter";
import type { GraphIndex } from "./graph-index";
import type { GraphPicture, Tone } from "./graph-picture";
import { layerHeight, nodeRadius, PLANE, scenePositions } from "./layered-position";
import type { TravelClock } from "./travel-clock";
import { useGraphColours, type GraphColours } from "./use-graph-colours";

export const SCENE_FOV = 26;
const YAW = 0.2;
const PITCH = 0.4;
const SHAPE: Record<NodeKindName, NodeShape> = { driver: "octahedron", sector: "hexagon", company: "sphere", asset: "cube" };
const PLANES = NODE_KINDS.map((kind) => ({ y: layerHeight(kind), halfWidth: PLANE.halfWidth, halfDepth: PLANE.halfDepth }));
const CORNERS: Vec3[] = PLANES.flatMap(({ y, halfWidth: w, halfDepth: d }) => [-w, w].flatMap((x) => [-d, d].map((z): Vec3 => [x, y, z])).concat([[0, y + 5, 0]]));
/** Front left corner of each layer and a point along its edge, where its name is written. */
export const LAYER_NAME_POINTS = Float32Array.from(PLANES.flatMap(({ y, halfWidth: w, halfDepth: d }) => [-w, y, d, -w + 12, y, d]));

const NODE_COLOUR = { driver: "--node-driver", sector: "--node-sector", company: "--node-company", asset: "--node-asset" } as const;
const TONE_COLOUR: Record<Tone, "--node-driver" | "--up" | "--down" | "--wire"> = { driver: "--node-driver", up: "--up", down: "--down", wire: "--wire" };
/** Dash length in scene units and share of it that is gap; the legend of the filters draws the same patterns. */
const DASH: Record<ConnectionKindName, readonly [number, number]> = { membership: [0, 0], impact: [0, 0], supply: [2.4, 0.4], ownership: [1, 0.55], competition: [3.4, 0.25] };

type Shared = { index: GraphIndex; visible: VisibleGraph; picture: GraphPicture; focus: string | null; hover: string | null; shocked: readonly string[] };

export type GraphSceneProps = Shared & {
  clock: TravelClock;
  still: boolean;
  rig: Ref<OrbitRigHandle>;
  /** Called after each drawn frame; nodes first, then two points per layer name. */
  onProject: (nodes: ProjectedPoints, layerNames: ProjectedPoints) => void;
  onHover: (key: string | null) => void;
  onFocus: (key: string | null) => void;
  onFailure: (failure: ThreeFailure) => void;
  /** Px that controls over the picture cover. */
  insets?: FrameInsets;
  idleTurnPerSecond?: number;
  /** A picture that turns but cannot be steered. */
  fixed?: boolean;
};

const mixed = (a: readonly [number, number, number], b: readonly [number, number, number], share: number): [number, number, number] => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];

function centresOf(index: GraphIndex): { centres: Float32Array; radii: Float32Array } {
  const centres = scenePositions(index.graph.nodes);
  const radii = Float32Array.from(index.graph.nodes, nodeRadius);
  // Nodes float above their plane, so that their shadow says where they stand.
  radii.forEach((radius, i) => (centres[i * 3 + 1]! += radius + 0.9));
  return { centres, radii };
}

function curvesOf(edges: readonly { from: number; to: number }[], centres: Float32Array): Float32Array {
  const points = new Float32Array(edges.length * CURVE_FLOATS);
  const at = (i: number): Vec3 => [centres[i * 3]!, centres[i * 3 + 1]!, centres[i * 3 + 2]!];
  edges.forEach(({ from, to }, i) => writeEdgeCurve(points, i * CURVE_FLOATS, { from: at(from), to: at(to), bow: ((from * 7 + to * 13) % 9) / 4 - 1 }));
  return points;
}

/** All connections shown, as faint wires; those of the focused node stand out. */
function wireCurves({ picture, focus }: Shared, centres: Float32Array, colours: GraphColours): Curves {
  const { wires, lit } = picture;
  const calm = lit.length === 0;
  const base = colours.linear["--wire"];
  const strong = colours.linear["--text-faint"];
  const curves: Curves = { count: wires.length, points: curvesOf(wires, centres), colours: new Float32Array(wires.length * 8), styles: new Float32Array(wires.length * STYLE_FLOATS) };
  // Thousands of wires are drawn fainter than hundreds, or they would close into a sheet.
  const density = Math.min(1, Math.max(0.3, 22 / Math.sqrt(Math.max(1, wires.length))));
  // A hub's hundreds of connections are drawn out less than a company's dozen.
  const drawnOut = Math.min(1, 5 / Math.sqrt(Math.max(1, wires.filter(({ touched }) => touched).length)));
  wires.forEach((wire, i) => {
    const alpha = wire.touched ? 0.95 * drawnOut : (focus === null ? 1 : 0.6) * density * (calm ? 0.28 + 0.5 * wire.strength : 0.16 + 0.26 * wire.strength) * (colours.dark ? 1 : calm ? 1.1 : 0.75);
    const [r, g, b] = wire.touched ? strong : base;
    curves.colours.set([r, g, b, alpha, r, g, b, alpha], i * 8);
    curves.styles.set([wire.touched ? 0.9 + 0.5 * drawnOut : 0.9, 0, ...DASH[wire.kind], 0, 0], i * STYLE_FLOATS);
  });
  return curves;
}

/** The connections the shock travels, from amber to the colour of what it does; the way to the focused company glows. */
function litCurves({ index, picture, focus }: Shared, centres: Float32Array, colours: GraphColours): Curves {
  const { lit } = picture;
  const curves: Curves = { count: lit.length, points: curvesOf(lit, centres), colours: new Float32Array(lit.length * 8), styles: new Float32Array(lit.length * STYLE_FLOATS) };
  lit.forEach((edge, i) => {
    const own = focus !== null && index.graph.nodes[edge.from]!.key === focus;
    const dimmed = focus !== null && !edge.onRoute && !own ? 0.55 : 1;
    const alpha = edge.onRoute ? 0.98 : Math.min(0.85, 0.06 + 0.8 * edge.magnitude ** 0.85) * dimmed;
    curves.colours.set([...colours.linear[TONE_COLOUR[edge.toneFrom]], alpha * 0.8, ...colours.linear[TONE_COLOUR[edge.toneTo]], alpha], i * 8);
    curves.styles.set([edge.onRoute ? 3.2 : 0.9 + 1.3 * edge.magnitude, edge.onRoute ? 1 : 0.35 * edge.magnitude, 0, 0, edge.start, edge.end], i * STYLE_FLOATS);
  });
  return curves;
}

function instancesOf(kind: NodeKindName, { index, visible, picture, hover, focus }: Shared, { centres, radii, colours }: { centres: Float32Array; radii: Float32Array; colours: GraphColours }): NodeInstances {
  const own = index.graph.nodes.flatMap((node, i) => (node.kind === kind ? [i] : []));
  const bright = colours.linear[NODE_COLOUR[kind]];
  const faint = mixed(bright, colours.linear["--surface-2"], colours.dark ? 0.72 : 0.62);
  const nodes: NodeInstances = { count: own.length, positions: new Float32Array(own.length * 3), radii: new Float32Array(own.length), colours: new Float32Array(own.length * 3) };
  own.forEach((i, at) => {
    const { key } = index.graph.nodes[i]!;
    const raised = key === hover || key === focus;
    nodes.positions.set(centres.subarray(i * 3, i * 3 + 3), at * 3);
    nodes.radii[at] = visible.nodes[i] ? radii[i]! * (raised ? 1.2 : 1) : 0;
    nodes.colours.set(picture.nodes[i]!.cold && !raised ? faint : bright, at * 3);
  });
  return nodes;
}

function ringsOf({ index, visible, picture, focus, hover, shocked }: Shared, { centres, radii, colours }: { centres: Float32Array; radii: Float32Array; colours: GraphColours }): Ring[] {
  const rings: Ring[] = [];
  index.graph.nodes.forEach((node, i) => {
    if (!visible.nodes[i]) return;
    const centre: Vec3 = [centres[i * 3]!, centres[i * 3 + 1]!, centres[i * 3 + 2]!];
    const radius = radii[i]!;
    const look = picture.nodes[i]!;
    rings.push({ kind: "shadow", centre: [centre[0], layerHeight(node.kind) + 0.02, centre[2]], radius: radius * 1.25, colour: [0, 0, 0, colours.dark ? 0.5 : 0.16] });
    if (node.kind === "company" && look.magnitude !== null && !look.cold) {
      rings.push({ kind: "arc", centre, radius: radius * 1.55, share: Math.max(0.04, look.magnitude), width: 2.4, colour: [...colours.linear[TONE_COLOUR[look.tone]], 1], from: look.reachedAt });
    }
    if (shocked.includes(node.key)) rings.push({ kind: "pulse", centre, radius: radius * 1.7, width: 1.6, colour: [...colours.linear["--node-driver"], 0.9] });
    if (node.key === focus) rings.push({ kind: "dashed", centre, radius: radius * 2.15, width: 1.5, colour: [...colours.linear["--text"], 0.95] });
    else if (node.key === hover) rings.push({ kind: "arc", centre, radius: radius * 1.55, share: 1, width: 1.4, colour: [...colours.linear["--text"], 0.7] });
  });
  return rings;
}

/** Writes down where everything stands after each frame, for labels and for the pointer. */
function Projector({ centres, radii, visible, out, onProject }: { centres: Float32Array; radii: Float32Array; visible: VisibleGraph; out: ProjectedPoints; onProject: GraphSceneProps["onProject"] }) {
  const { camera, size } = useThree();
  const matrix = useRef(new Matrix4());
  const names = useRef(emptyProjection(LAYER_NAME_POINTS.length / 3));
  const shownRadii = useMemo(() => radii.map((radius, i) => (visible.nodes[i] ? radius : 0)), [radii, visible]);
  const nameRadii = useMemo(() => new Float32Array(LAYER_NAME_POINTS.length / 3).fill(1), []);
  useFrame(() => {
    if (!(camera instanceof PerspectiveCamera)) return;
    camera.updateMatrixWorld();
    matrix.current.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    const view = { matrix: matrix.current.elements, width: size.width, height: size.height, pixelsPerUnit: size.height / 2 / Math.tan((camera.fov * Math.PI) / 360) };
    projectPoints(out, { positions: centres, radii: shownRadii, ...view });
    projectPoints(names.current, { positions: LAYER_NAME_POINTS, radii: nameRadii, ...view });
    onProject(out, names.current);
  });
  return null;
}

/** Asks for frames while the shock is on its way. */
function ClockFrames({ clock }: { clock: TravelClock }) {
  const { invalidate } = useThree();
  useEffect(() => clock.subscribe(() => invalidate()), [clock, invalidate]);
  return null;
}

/** The graph in space. It knows shapes and colours; labels, panels and controls stand outside as HTML. */
export function GraphScene({ clock, still, rig, onProject, onHover, onFocus, onFailure, insets, idleTurnPerSecond = 0, fixed = false, ...shared }: GraphSceneProps) {
  const { index, visible, picture, focus, hover, shocked } = shared;
  const colours = useGraphColours();
  const { centres, radii } = useMemo(() => centresOf(index), [index]);
  const projected = useMemo(() => emptyProjection(index.graph.nodes.length), [index]);
  const wires = useMemo(() => wireCurves({ index, visible, picture, focus, hover: null, shocked: [] }, centres, colours), [index, visible, picture, focus, centres, colours]);
  const lit = useMemo(() => litCurves({ index, visible, picture, focus, hover: null, shocked: [] }, centres, colours), [index, visible, picture, focus, centres, colours]);
  const instances = useMemo(
    () => NODE_KINDS.map((kind) => ({ kind, nodes: instancesOf(kind, { index, visible, picture, focus, hover, shocked }, { centres, radii, colours }) })),
    [index, visible, picture, focus, hover, shocked, centres, radii, colours],
  );
  const rings = useMemo(() => ringsOf({ index, visible, picture, focus, hover, shocked }, { centres, radii, colours }), [index, visible, picture, focus, hover, shocked, centres, radii, colours]);
  const focusOn = useMemo((): Vec3 | null => {
    const i = focus === null ? undefined : index.at.get(focus);
    return i === undefined ? null : [centres[i * 3]!, centres[i * 3 + 1]!, centres[i * 3 + 2]!];
  }, [focus, index, centres]);
  const press = useRef<{ x: number; y: number } | null>(null);

  const under = (event: PointerEvent<HTMLDivElement>, slack: number): string | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const hit = pickPoint(projected, { x: event.clientX - box.left, y: event.clientY - box.top, slack });
    return hit < 0 ? null : index.graph.nodes[hit]!.key;
  };

  return (
    <div
      className="absolute inset-0"
      style={{ cursor: fixed ? "default" : hover ? "pointer" : "grab" }}
      onPointerMove={(event) => !fixed && event.pointerType === "mouse" && event.buttons === 0 && onHover(under(event, 5))}
      onPointerLeave={() => !fixed && onHover(null)}
      onPointerDown={(event) => (press.current = { x: event.clientX, y: event.clientY })}
      onPointerUp={(event) => {
        const from = press.current;
        press.current = null;
        // A drag turns the camera; only a press in place chooses.
        if (fixed || !from || Math.hypot(event.clientX - from.x, event.clientY - from.y) > 5) return;
        const key = under(event, event.pointerType === "mouse" ? 5 : 16);
        if (key) onFocus(key);
      }}
    >
      <ThreeRoot fovDegrees={SCENE_FOV} onFailure={onFailure}>
        <ambientLight intensity={colours.dark ? 1.15 : 1.7} />
        <directionalLight position={[-60, 140, 90]} intensity={colours.dark ? 2.3 : 2} />
        <directionalLight position={[80, 20, 60]} intensity={0.5} />
        <LayerPlanes planes={PLANES} fill={colours["--surface-3"]} line={colours["--line-strong"]} fillOpacity={colours.dark ? 0.34 : 0.5} gridOpacity={colours.dark ? 0.3 : 0.45} />
        <CurveRibbons curves={wires} segments={14} order={2} fade={[120, 420]} fadeTo={0.45} />
        <CurveRibbons curves={lit} segments={26} order={3} time={clock.time} />
        <RingSprites rings={rings} track={colours.linear["--line-strong"]} time={clock.time} order={5} fovDegrees={SCENE_FOV} />
        {instances.map(({ kind, nodes }) => <InstancedNodes key={kind} shape={SHAPE[kind]} nodes={nodes} />)}
        <CurveSparks curves={lit} time={clock.time} order={6} />
        <ClockFrames clock={clock} />
        <OrbitRig ref={rig} corners={CORNERS} yaw={YAW} pitch={PITCH} insets={insets} focusOn={fixed ? null : focusOn} still={still} idleTurnPerSecond={idleTurnPerSecond} fixed={fixed} />
        <Projector centres={centres} radii={radii} visible={visible} out={projected} onProject={onProject} />
      </ThreeRoot>
    </div>
  );
}
