"use client";

import { useMemo, type RefObject } from "react";
import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry } from "three";
import { ShaderInstances } from "./shader-instances";

/** arc: a share of the circle over a faint full one; dashed: a focus ring; pulse: rings that widen; shadow: a soft disc lying in the plane. */
export const RING_KINDS = ["arc", "dashed", "pulse", "shadow"] as const;
export type Ring = {
  kind: (typeof RING_KINDS)[number];
  centre: readonly [number, number, number];
  /** Scene units. */
  radius: number;
  /** arc: how much of the circle, 0 to 1. */
  share?: number;
  /** Line width, px. */
  width?: number;
  /** Linear RGB and opacity. */
  colour: readonly [number, number, number, number];
  /** Seconds of play at which it appears; 0: always there. */
  from?: number;
};

const VERTEX = /* glsl */ `
attribute vec4 place; attribute vec4 look; attribute vec4 tint; attribute float since;
uniform float uPixelsPerUnit;
varying vec2 vAt; varying vec4 vTint; varying float vKind; varying float vShare; varying float vLine; varying float vSince;
void main() {
  float kind = look.x;
  float reach = kind > 1.5 && kind < 2.5 ? 1.9 : 1.25;
  vec4 centre = modelViewMatrix * vec4(place.xyz, 1.0);
  float line = look.z / (uPixelsPerUnit / max(0.001, -centre.z)) / max(0.001, place.w);
  if (kind > 2.5) {
    centre = modelViewMatrix * vec4(place.xyz + vec3(position.x, 0.0, position.y) * place.w * reach, 1.0);
  } else {
    centre.xy += position.xy * place.w * reach;
  }
  vAt = position.xy * reach; vTint = tint; vKind = kind; vShare = look.y; vLine = line; vSince = since;
  gl_Position = projectionMatrix * centre;
}`;

const FRAGMENT = /* glsl */ `
uniform float uTime; uniform vec3 uTrack; uniform float uTrackAlpha;
varying vec2 vAt; varying vec4 vTint; varying float vKind; varying float vShare; varying float vLine; varying float vSince;
float band(float radius, float at) { return 1.0 - smoothstep(vLine * 0.5 - vLine * 0.35, vLine * 0.5 + vLine * 0.35, abs(radius - at)); }
void main() {
  float radius = length(vAt);
  vec4 colour = vec4(0.0);
  if (vKind < 0.5) {
    if (uTime < vSince) discard;
    // Clockwise from the top.
    float turn = fract(atan(vAt.x, vAt.y) / 6.2831853 + 1.0);
    float grown = vShare * (vSince > 0.0 ? clamp((uTime - vSince) / 0.5, 0.0, 1.0) : 1.0);
    float ring = band(radius, 1.0);
    colour = turn <= grown ? vec4(vTint.rgb, vTint.a * ring) : vec4(uTrack, uTrackAlpha * ring);
  } else if (vKind < 1.5) {
    float turn = fract(atan(vAt.x, vAt.y) / 6.2831853 + 1.0);
    float dash = smoothstep(0.0, 0.08, 0.32 - abs(fract(turn * 22.0) - 0.5));
    colour = vec4(vTint.rgb, vTint.a * band(radius, 1.0) * dash);
  } else if (vKind < 2.5) {
    colour = vec4(vTint.rgb, vTint.a * max(max(band(radius, 1.0) * 0.85, band(radius, 1.35) * 0.42), band(radius, 1.75) * 0.2));
  } else {
    colour = vec4(vTint.rgb, vTint.a * (1.0 - smoothstep(0.25, 1.05, radius)));
  }
  if (colour.a < 0.01) discard;
  gl_FragColor = colour;
  #include <colorspace_fragment>
}`;

function ringGeometry(rings: readonly Ring[]): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  const put = (name: string, size: number, values: (ring: Ring) => readonly number[]) => geometry.setAttribute(name, new InstancedBufferAttribute(Float32Array.from(rings.flatMap(values)), size));
  put("place", 4, ({ centre, radius }) => [...centre, radius]);
  put("look", 4, ({ kind, share = 1, width = 2 }) => [RING_KINDS.indexOf(kind), share, width, 0]);
  put("tint", 4, ({ colour }) => colour);
  put("since", 1, ({ from = 0 }) => [from]);
  geometry.instanceCount = rings.length;
  return geometry;
}

const UNIFORMS = { uTime: { value: 0 }, uPixelsPerUnit: { value: 1 }, uTrack: { value: [0, 0, 0] }, uTrackAlpha: { value: 1 } };

/** Rings, pulses and shadows around points, all in one draw call; rings face the camera. */
export function RingSprites({ rings, track, trackAlpha = 0.9, time, order, fovDegrees }: { rings: readonly Ring[]; track: readonly [number, number, number]; trackAlpha?: number; time?: RefObject<number>; order: number; fovDegrees: number }) {
  const geometry = useMemo(() => ringGeometry(rings), [rings]);
  if (rings.length === 0) return null;
  return (
    <ShaderInstances
      geometry={geometry}
      vertexShader={VERTEX}
      fragmentShader={FRAGMENT}
      uniforms={UNIFORMS}
      valuesOf={({ size }) => ({ uTime: time?.current ?? 1e6, uPixelsPerUnit: size.height / 2 / Math.tan((fovDegrees * Math.PI) / 360), uTrack: [...track], uTrackAlpha: trackAlpha })}
      order={order}
    />
  );
}
