"use client";

import { useFrame, useThree, type RootState } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { DoubleSide, UniformsUtils, type InstancedBufferGeometry, type ShaderMaterial } from "three";

type Uniforms = Record<string, { value: unknown }>;
type Props<U extends Uniforms> = {
  geometry: InstancedBufferGeometry;
  as?: "mesh" | "points";
  vertexShader: string;
  fragmentShader: string;
  /** Names and first values; each drawing has its own copy. */
  uniforms: U;
  /** Read before each frame. */
  valuesOf: (state: RootState) => { [Name in keyof U]: U[Name]["value"] };
  order: number;
};

/** Transparent shapes by the thousand, drawn by a shader of their own in one draw call. The geometry is given back when it is replaced. */
export function ShaderInstances<U extends Uniforms>({ geometry, as = "mesh", vertexShader, fragmentShader, uniforms, valuesOf, order }: Props<U>) {
  const { invalidate } = useThree();
  const material = useRef<ShaderMaterial>(null);
  const own = useMemo(() => UniformsUtils.clone(uniforms), [uniforms]);

  useEffect(() => {
    invalidate();
    return () => geometry.dispose();
  }, [geometry, invalidate]);

  useFrame((state) => {
    const held = material.current?.uniforms;
    if (!held) return;
    for (const [name, value] of Object.entries(valuesOf(state))) held[name]!.value = value;
  });

  const shader = <shaderMaterial ref={material} vertexShader={vertexShader} fragmentShader={fragmentShader} uniforms={own} transparent depthWrite={false} side={DoubleSide} />;
  return as === "points" ? <points geometry={geometry} frustumCulled={false} renderOrder={order}>{shader}</points> : <mesh geometry={geometry} frustumCulled={false} renderOrder={order}>{shader}</mesh>;
}
