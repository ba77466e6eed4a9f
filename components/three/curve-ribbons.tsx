"use client";

import { useMemo, type RefObject } from "react";
import { InstancedBufferAttribute, InstancedBufferGeometry, InstancedInterleavedBuffer, InterleavedBufferAttribute, BufferAttribute } from "three";
import { ShaderInstances } from "./shader-instances";

/** Floats per curve in `styles`: width px, glow 0–1, dash length (0: solid), gap share, reveal start and end (seconds; end 0: always there). */
export const STYLE_FLOATS = 6;

export type Curves = {
  count: number;
  /** Twelve floats each: the control points of a cubic. */
  points: Float32Array;
  /** Eight floats each: linear RGBA where the curve begins, and where it ends. */
  colours: Float32Array;
  styles: Float32Array;
};

/** The cubic of an instance and its two colours. */
const CURVE = /* glsl */ `
attribute vec3 c0; attribute vec3 c1; attribute vec3 c2; attribute vec3 c3;
attribute vec4 colourFrom; attribute vec4 colourTo;
vec3 curve(float t) { float u = 1.0 - t; return u*u*u*c0 + 3.0*u*u*t*c1 + 3.0*u*t*t*c2 + t*t*t*c3; }`;

const VERTEX = /* glsl */ `${CURVE}
attribute vec2 shape; attribute vec2 dash; attribute vec2 reveal;
uniform vec2 uSize;
varying float vT; varying float vSide; varying float vHalf; varying float vCore; varying float vGlow; varying float vLength;
varying vec4 vFrom; varying vec4 vTo; varying vec2 vDash; varying vec2 vReveal; varying float vDepth;
void main() {
  float t = position.x;
  vec4 here = projectionMatrix * modelViewMatrix * vec4(curve(t), 1.0);
  float step = 0.02;
  vec4 near = projectionMatrix * modelViewMatrix * vec4(curve(max(0.0, t - step)), 1.0);
  vec4 far = projectionMatrix * modelViewMatrix * vec4(curve(min(1.0, t + step)), 1.0);
  vec2 along = (far.xy / far.w - near.xy / near.w) * uSize;
  vec2 across = length(along) > 1e-5 ? normalize(vec2(-along.y, along.x)) : vec2(0.0, 1.0);
  float core = max(shape.x, 1.0) * 0.5;
  float halfWidth = core + 1.0 + shape.y * (4.0 + shape.x * 1.6);
  here.xy += across * position.y * halfWidth * 2.0 / uSize * here.w;
  vT = t; vSide = position.y; vHalf = halfWidth; vCore = core; vGlow = shape.y;
  vFrom = colourFrom; vTo = colourTo; vDash = dash; vReveal = reveal;
  // A line thinner than a pixel is drawn a pixel wide and fainter.
  float thin = min(1.0, shape.x);
  vFrom.a *= thin; vTo.a *= thin;
  vLength = distance(c0, c3) * 1.08; vDepth = here.w;
  gl_Position = here;
}`;

const FRAGMENT = /* glsl */ `
uniform float uTime; uniform vec2 uFade; uniform float uFadeTo;
varying float vT; varying float vSide; varying float vHalf; varying float vCore; varying float vGlow; varying float vLength;
varying vec4 vFrom; varying vec4 vTo; varying vec2 vDash; varying vec2 vReveal; varying float vDepth;
void main() {
  float head = 1.0;
  float lively = 0.0;
  if (vReveal.y > 0.0) {
    head = clamp((uTime - vReveal.x) / max(0.001, vReveal.y - vReveal.x), 0.0, 1.0);
    if (vT > head || head <= 0.0) discard;
    lively = head < 1.0 ? smoothstep(head - 0.3, head, vT) : 0.0;
  }
  if (vDash.x > 0.0) {
    float place = fract(vT * vLength / vDash.x);
    if (place > 1.0 - vDash.y) discard;
  }
  vec4 colour = mix(vFrom, vTo, smoothstep(0.08, 0.72, vT));
  float off = abs(vSide) * vHalf;
  float core = 1.0 - smoothstep(vCore - 0.6, vCore + 0.6, off);
  float halo = vGlow * exp(-pow(off / (vHalf * 0.42), 2.0)) * 0.26 * (1.0 + lively);
  float fade = mix(1.0, uFadeTo, smoothstep(uFade.x, uFade.y, vDepth));
  float alpha = colour.a * min(1.0, max(core, halo)) * fade;
  if (alpha < 0.004) discard;
  gl_FragColor = vec4(mix(colour.rgb, vec3(1.0), lively * core * 0.45), alpha);
  #include <colorspace_fragment>
}`;

const interleaved = (geometry: InstancedBufferGeometry, array: Float32Array, stride: number, parts: readonly [name: string, size: number, offset: number][]) => {
  const buffer = new InstancedInterleavedBuffer(array, stride);
  for (const [name, size, offset] of parts) geometry.setAttribute(name, new InterleavedBufferAttribute(buffer, size, offset));
};

/** Points and colours of the curves, as `CURVE` reads them. */
function addCurves(geometry: InstancedBufferGeometry, { count, points, colours }: Curves): void {
  interleaved(geometry, points, 12, [["c0", 3, 0], ["c1", 3, 3], ["c2", 3, 6], ["c3", 3, 9]]);
  interleaved(geometry, colours, 8, [["colourFrom", 4, 0], ["colourTo", 4, 4]]);
  geometry.instanceCount = count;
}

function ribbonGeometry(curves: Curves, segments: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  const vertices = new Float32Array((segments + 1) * 6);
  const faces: number[] = [];
  for (let i = 0; i <= segments; i += 1) {
    vertices.set([i / segments, -1, 0, i / segments, 1, 0], i * 6);
    if (i < segments) faces.push(i * 2, i * 2 + 1, i * 2 + 2, i * 2 + 2, i * 2 + 1, i * 2 + 3);
  }
  geometry.setAttribute("position", new BufferAttribute(vertices, 3));
  geometry.setIndex(faces);
  addCurves(geometry, curves);
  interleaved(geometry, curves.styles, STYLE_FLOATS, [["shape", 2, 0], ["dash", 2, 2], ["reveal", 2, 4]]);
  return geometry;
}

const RIBBON_UNIFORMS = { uTime: { value: 0 }, uSize: { value: [1, 1] }, uFade: { value: [1e6, 2e6] }, uFadeTo: { value: 1 } };

/**
 * Any number of curved lines in one geometry and one draw call. The graphics processor bends, widens, dashes and reveals them,
 * so that a travelling shock costs one number per frame.
 * @param time  seconds of play, read each frame
 * @param fade  depth at which lines begin to and have faded to `fadeTo` of their strength
 */
export function CurveRibbons({ curves, segments, order, time, fade = [1e6, 2e6], fadeTo = 1 }: { curves: Curves; segments: number; order: number; time?: RefObject<number>; fade?: readonly [number, number]; fadeTo?: number }) {
  const geometry = useMemo(() => ribbonGeometry(curves, segments), [curves, segments]);
  if (curves.count === 0) return null;
  return (
    <ShaderInstances
      geometry={geometry}
      vertexShader={VERTEX}
      fragmentShader={FRAGMENT}
      uniforms={RIBBON_UNIFORMS}
      valuesOf={({ size }) => ({ uTime: time?.current ?? 0, uSize: [size.width, size.height], uFade: [...fade], uFadeTo: fadeTo })}
      order={order}
    />
  );
}

const SPARK_UNIFORMS = { uTime: { value: 0 }, uPoint: { value: 7 } };

/** A point moving along each revealed curve while it is on its way. */
export function CurveSparks({ curves, time, size: sparkSize = 7, order }: { curves: Curves; time: RefObject<number>; size?: number; order: number }) {
  const geometry = useMemo(() => sparkGeometry(curves), [curves]);
  if (curves.count === 0) return null;
  return (
    <ShaderInstances
      geometry={geometry}
      as="points"
      vertexShader={SPARK_VERTEX}
      fragmentShader={SPARK_FRAGMENT}
      uniforms={SPARK_UNIFORMS}
      valuesOf={({ gl }) => ({ uTime: time.current, uPoint: sparkSize * gl.getPixelRatio() })}
      order={order}
    />
  );
}

/** A train of three, the followers smaller and fainter. */
const SPARK_TRAIN = [0, 0.035, 0.07];

function sparkGeometry(curves: Curves): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(Float32Array.from(SPARK_TRAIN.flatMap((lag, i) => [lag, i, 0])), 3));
  addCurves(geometry, curves);
  const reveal = new Float32Array(curves.count * 2);
  for (let i = 0; i < curves.count; i += 1) reveal.set([curves.styles[i * STYLE_FLOATS + 4]!, curves.styles[i * STYLE_FLOATS + 5]!], i * 2);
  geometry.setAttribute("reveal", new InstancedBufferAttribute(reveal, 2));
  return geometry;
}

const SPARK_VERTEX = /* glsl */ `${CURVE}
attribute vec2 reveal;
uniform float uTime; uniform float uPoint;
varying vec4 vColour; varying float vLead;
void main() {
  float head = (uTime - reveal.x) / max(0.001, reveal.y - reveal.x) - position.x;
  float t = clamp(head, 0.0, 1.0);
  bool flying = head > 0.0 && head < 1.0;
  gl_Position = flying ? projectionMatrix * modelViewMatrix * vec4(curve(t), 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = flying ? uPoint * (0.6 + 0.4 * colourTo.a) * (1.0 - position.y * 0.25) : 0.0;
  vColour = mix(colourFrom, colourTo, smoothstep(0.1, 0.7, t)); vColour.a = (0.25 + 0.75 * vColour.a) * (1.0 - position.y * 0.3);
  vLead = position.y < 0.5 ? 1.0 : 0.0;
}`;

const SPARK_FRAGMENT = /* glsl */ `
varying vec4 vColour; varying float vLead;
void main() {
  float off = length(gl_PointCoord - 0.5) * 2.0;
  float disc = 1.0 - smoothstep(0.62, 1.0, off);
  if (disc <= 0.0) discard;
  float core = vLead * (1.0 - smoothstep(0.28, 0.42, off));
  gl_FragColor = vec4(mix(vColour.rgb, vec3(1.0), core), vColour.a * disc);
  #include <colorspace_fragment>
}`;
