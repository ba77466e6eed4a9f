"use client";

import { useThree } from "@react-three/fiber";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { BoxGeometry, BufferGeometry, Color, CylinderGeometry, InstancedMesh, Matrix4, OctahedronGeometry, SphereGeometry } from "three";

export type NodeShape = "octahedron" | "hexagon" | "sphere" | "cube";

function shapeGeometry(shape: NodeShape): BufferGeometry {
  if (shape === "octahedron") return new OctahedronGeometry(1.15).scale(0.86, 1.12, 0.86);
  if (shape === "hexagon") return new CylinderGeometry(1, 1, 0.72, 6).rotateY(Math.PI / 2);
  if (shape === "sphere") return new SphereGeometry(1, 24, 16);
  return new BoxGeometry(1.5, 1.5, 1.5).rotateY(Math.PI / 5);
}

export type NodeInstances = {
  count: number;
  /** Three floats each: the centre. */
  positions: Float32Array;
  /** 0 hides the node. */
  radii: Float32Array;
  /** Three floats each: linear RGB. */
  colours: Float32Array;
};

/** All nodes of one shape in one draw call. */
export function InstancedNodes({ shape, nodes, shininess = 30 }: { shape: NodeShape; nodes: NodeInstances; shininess?: number }) {
  const { invalidate } = useThree();
  const mesh = useRef<InstancedMesh>(null);
  const geometry = useMemo(() => shapeGeometry(shape), [shape]);

  useEffect(() => () => geometry.dispose(), [geometry]);

  useLayoutEffect(() => {
    const own = mesh.current;
    if (!own) return;
    const matrix = new Matrix4();
    const colour = new Color();
    for (let i = 0; i < nodes.count; i += 1) {
      const radius = nodes.radii[i]!;
      matrix.makeScale(radius, radius, radius);
      matrix.setPosition(nodes.positions[i * 3]!, nodes.positions[i * 3 + 1]!, nodes.positions[i * 3 + 2]!);
      own.setMatrixAt(i, matrix);
      own.setColorAt(i, colour.fromArray(nodes.colours, i * 3));
    }
    own.instanceMatrix.needsUpdate = true;
    if (own.instanceColor) own.instanceColor.needsUpdate = true;
    invalidate();
  }, [nodes, invalidate]);

  if (nodes.count === 0) return null;
  return (
    <instancedMesh key={nodes.count} ref={mesh} args={[geometry, undefined, nodes.count]} frustumCulled={false} renderOrder={4}>
      {shape === "sphere" ? <meshPhongMaterial shininess={shininess} specular="#5a6672" /> : <meshLambertMaterial flatShading />}
    </instancedMesh>
  );
}
