"use client";

import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import { PerspectiveCamera, Vector3 } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { fitCamera, viewDirection } from "./fit-camera";

type Point = readonly [number, number, number];
export type OrbitRigHandle = {
  /** Eases to a point, seen from the present side. */
  focus: (point: Point, distance: number) => void;
  /** Eases to where everything is seen from the present side. */
  fit: () => void;
  /** Eases back to the first view. */
  reset: () => void;
  /** Below 1 comes closer. */
  zoomBy: (factor: number) => void;
};

type Ease = { fromPosition: Vector3; fromTarget: Vector3; toPosition: Vector3; toTarget: Vector3; share: number };

const EASE_SECONDS = 0.6;
const smooth = (t: number) => t * t * (3 - 2 * t);

/** Orbit, zoom and pan by mouse or touch, with eased moves; asks for frames only while the camera moves. */
export function OrbitRig({ ref, corners, yaw, pitch, still, idleTurnPerSecond = 0, fixed = false }: { ref?: Ref<OrbitRigHandle>; corners: readonly Point[]; yaw: number; pitch: number; still: boolean; idleTurnPerSecond?: number; fixed?: boolean }) {
  const { camera, gl, size, invalidate } = useThree();
  const controls = useRef<OrbitControls | null>(null);
  const ease = useRef<Ease | null>(null);
  /** Until the person moves the camera, a new size of the window fits the view again. */
  const untouched = useRef(true);

  const placeFor = (direction: Point) => fitCamera(corners, { direction, fovDegrees: (camera as PerspectiveCamera).fov, aspect: size.width / Math.max(1, size.height) });

  const moveTo = (position: Point, target: Point) => {
    const own = controls.current;
    if (!own) return;
    if (still) {
      camera.position.set(...position);
      own.target.set(...target);
      own.update();
    } else {
      ease.current = { fromPosition: camera.position.clone(), fromTarget: own.target.clone(), toPosition: new Vector3(...position), toTarget: new Vector3(...target), share: 0 };
    }
    invalidate();
  };

  useEffect(() => {
    const own = new OrbitControls(camera, gl.domElement);
    own.enableDamping = !still;
    own.dampingFactor = 0.12;
    own.rotateSpeed = 0.55;
    own.zoomSpeed = 0.7;
    own.minDistance = 18;
    own.maxDistance = 620;
    own.maxPolarAngle = Math.PI * 0.62;
    own.enabled = !fixed;
    const onStart = () => {
      untouched.current = false;
      ease.current = null;
    };
    const onChange = () => invalidate();
    own.addEventListener("start", onStart);
    own.addEventListener("change", onChange);
    if (fixed) own.domElement?.style.setProperty("touch-action", "auto");
    controls.current = own;
    return () => {
      own.removeEventListener("start", onStart);
      own.removeEventListener("change", onChange);
      own.dispose();
      controls.current = null;
    };
  }, [camera, gl, invalidate, still, fixed]);

  useEffect(() => {
    if (!untouched.current || !controls.current) return;
    const { position, target } = fitCamera(corners, { direction: viewDirection(yaw, pitch), fovDegrees: (camera as PerspectiveCamera).fov, aspect: size.width / Math.max(1, size.height) });
    camera.position.set(...position);
    controls.current.target.set(...target);
    controls.current.update();
    invalidate();
  }, [corners, yaw, pitch, size, camera, invalidate, still, fixed]);

  useImperativeHandle(ref, () => ({
    focus: (point, distance) => {
      if (!controls.current) return;
      untouched.current = false;
      const away = camera.position.clone().sub(controls.current.target).normalize().multiplyScalar(distance);
      moveTo([point[0] + away.x, point[1] + away.y, point[2] + away.z], point);
    },
    fit: () => {
      if (!controls.current) return;
      const away = camera.position.clone().sub(controls.current.target);
      const { position, target } = placeFor([away.x, away.y, away.z]);
      moveTo(position, target);
    },
    reset: () => {
      untouched.current = true;
      const { position, target } = placeFor(viewDirection(yaw, pitch));
      moveTo(position, target);
    },
    zoomBy: (factor) => {
      if (!controls.current) return;
      untouched.current = false;
      const { target, minDistance, maxDistance } = controls.current;
      const away = camera.position.clone().sub(target);
      away.setLength(Math.min(maxDistance, Math.max(minDistance, away.length() * factor)));
      moveTo([target.x + away.x, target.y + away.y, target.z + away.z], [target.x, target.y, target.z]);
    },
  }));

  useFrame((_, delta) => {
    const own = controls.current;
    if (!own) return;
    const move = ease.current;
    if (move) {
      // The first frame after a rest carries the whole pause in its delta.
      move.share = Math.min(1, move.share + Math.min(delta, 0.05) / EASE_SECONDS);
      const s = smooth(move.share);
      camera.position.lerpVectors(move.fromPosition, move.toPosition, s);
      own.target.lerpVectors(move.fromTarget, move.toTarget, s);
      if (move.share >= 1) ease.current = null;
      invalidate();
    } else if (idleTurnPerSecond !== 0 && !still) {
      camera.position.sub(own.target).applyAxisAngle(camera.up, idleTurnPerSecond * Math.min(delta, 0.1)).add(own.target);
      invalidate();
    }
    own.update();
  });

  return null;
}
