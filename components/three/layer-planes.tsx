"use client";

import { useEffect, useMemo } from "react";
import { BufferAttribute, BufferGeometry, DoubleSide } from "three";

export type LayerPlane = { y: number; halfWidth: number; halfDepth: number };

function lineGeometry(points: readonly number[]): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(Float32Array.from(points), 3));
  return geometry;
}

/** Faint floors with a grid; the front edge is drawn stronger, so that the eye finds the layers. */
export function LayerPlanes({ planes, fill, line, fillOpacity, gridOpacity, columns = 8, rows = 4 }: { planes: readonly LayerPlane[]; fill: string; line: string; fillOpacity: number; gridOpacity: number; columns?: number; rows?: number }) {
  const { grid, border, front } = useMemo(() => {
    const inner: number[] = [];
    const edge: number[] = [];
    const near: number[] = [];
    for (const { y, halfWidth: w, halfDepth: d } of planes) {
      for (let i = 1; i < columns; i += 1) inner.push(-w + (2 * w * i) / columns, y, -d, -w + (2 * w * i) / columns, y, d);
      for (let i = 1; i < rows; i += 1) inner.push(-w, y, -d + (2 * d * i) / rows, w, y, -d + (2 * d * i) / rows);
      edge.push(-w, y, -d, w, y, -d, w, y, -d, w, y, d, -w, y, d, -w, y, -d);
      near.push(-w, y, d, w, y, d);
    }
    return { grid: lineGeometry(inner), border: lineGeometry(edge), front: lineGeometry(near) };
  }, [planes, columns, rows]);

  useEffect(() => () => [grid, border, front].forEach((geometry) => geometry.dispose()), [grid, border, front]);

  return (
    <group>
      {planes.map(({ y, halfWidth, halfDepth }) => (
        <mesh key={y} position={[0, y - 0.05, 0]} rotation={[-Math.PI / 2, 0, 0]} renderOrder={0}>
          <planeGeometry args={[halfWidth * 2, halfDepth * 2]} />
          <meshBasicMaterial color={fill} transparent opacity={fillOpacity} depthWrite={false} side={DoubleSide} />
        </mesh>
      ))}
      <lineSegments geometry={grid} renderOrder={1}>
        <lineBasicMaterial color={line} transparent opacity={gridOpacity} depthWrite={false} />
      </lineSegments>
      <lineSegments geometry={border} renderOrder={1}>
        <lineBasicMaterial color={line} transparent opacity={0.8} depthWrite={false} />
      </lineSegments>
      <lineSegments geometry={front} renderOrder={1}>
        <lineBasicMaterial color={line} transparent opacity={1} depthWrite={false} />
      </lineSegments>
    </group>
  );
}
