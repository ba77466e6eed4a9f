"use client";

import { useFrame, useThree } from "@react-three/fiber";
import { useCallback, useEffect, useImperativeHandle, useRef, type Ref } from "react";
import { PerspectiveCamera, Vector3 } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { fitCamera, viewDirection, type FrameInsets } from "./fit-camera";

type Point = readonly [number, number, number];
export type OrbitRigHandle = {
  /** Eases to where everything is seen from the present side. */
  fit: () => void;
  /** Eases back to the first view. */
  reset: () => void;
  /** Below 1 comes closer. */
  zoomBy: (factor: number) => void;
};

type Ease = { fromPosition: Vector3; fromTarget: Vector3; toPosition: Vector3; toTarget: Vector3; share: number };

const EASE_SECONDS = 0.6;
/** Share of the way from the middle to the point, and of the distance at which everything is seen. */
const FOCUS_SHIFT = 0.14;
const FOCUS_DISTANCE = 0.94;
const smooth = (t: number) => t * t * (3 - 2 * t);

type Props = {
  ref?: Ref<OrbitRigHandle>;
  /** What the first view and "fit" show. */
  corners: readonly Point[];
  yaw: number;
  pitch: number;
  /** Px at each edge that stay free. */
  insets?: FrameInsets;
  /** A point to ease to: near enough to stand out, far enough that what it hangs on stays in sight. Null eases back. */
  focusOn?: Point | null;
  still: boolean;
  idleTurnPerSecond?: number;
  fixed?: boolean;
};

const NO_INSETS: FrameInsets = { top: 0, right: 0, bottom: 0, left: 0 };

/** Orbit, zoom and pan by mouse or touch, with eased moves; asks for frames only while the camera moves. */
export function OrbitRig({ ref, corners, yaw, pitch, insets = NO_INSETS, focusOn = null, still, idleTurnPerSecond = 0, fixed = false }: Props) {
  const { camera, gl, size, invalidate } = useThree();
  const controls = useRef<OrbitControls | null>(null);
  const ease = useRef<Ease | null>(null);
  /** Until the person moves the camera, a new size of the window fits the view again. */
  const untouched = useRef(true);

  const placeFor = useCallback(
    (direction: Point) => {
      const [width, height] = [Math.max(1, size.width), Math.max(1, size.height)];
      const shares = { top: insets.top / height, bottom: insets.bottom / height, left: insets.left / width, right: insets.right / width };
      return fitCamera(corners, { direction, fovDegrees: (camera as PerspectiveCamera).fov, aspect: width / height, insets: shares });
    },
    [corners, insets, size, camera],
  );

  const moveTo = useCallback((position: Point, target: Point) => {
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
  }, [camera, invalidate, still]);

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
    const { position, target } = placeFor(viewDirection(yaw, pitch));
    camera.position.set(...position);
    controls.current.target.set(...target);
    controls.current.update();
    invalidate();
  }, [placeFor, yaw, pitch, camera, invalidate, still, fixed]);

  // A point chosen before the first frame, by a link, leaves the first view whole.
  const focused = useRef<Point | null>(focusOn);
  useEffect(() => {
    // Only another point moves the camera: a new size of the window must not take it out of the person's hand.
    if (!controls.current || focused.current === focusOn) return;
    focused.current = focusOn;
    const away = camera.position.clone().sub(controls.current.target);
    if (focusOn) {
      const whole = placeFor([away.x, away.y, away.z]);
      const target = whole.target.map((value, i) => value + (focusOn[i]! - value) * FOCUS_SHIFT) as [number, number, number];
      moveTo([0, 1, 2].map((i) => target[i]! + (whole.position[i]! - whole.target[i]!) * FOCUS_DISTANCE) as [number, number, number], target);
      untouched.current = false;
    } else {
      const { position, target } = placeFor([away.x, away.y, away.z]);
      moveTo(position, target);
    }
  }, [focusOn, camera, moveTo, placeFor]);

  useImperativeHandle(ref, () => ({
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
