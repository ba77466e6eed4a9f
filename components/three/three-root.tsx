"use client";

import { createRoot, extend, type ReconcilerRoot } from "@react-three/fiber";
import { Component, useEffect, useRef, type ReactNode } from "react";
import { AmbientLight, BufferGeometry, DirectionalLight, Group, InstancedMesh, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial, MeshLambertMaterial, MeshPhongMaterial, PerspectiveCamera, PlaneGeometry, Points, ShaderMaterial } from "three";

// Canvas of the library would register all of three.js; naming the classes keeps the rest out of the bundle.
extend({ AmbientLight, BufferGeometry, DirectionalLight, Group, InstancedMesh, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial, MeshLambertMaterial, MeshPhongMaterial, PlaneGeometry, Points, ShaderMaterial });

export type ThreeFailure = "lost" | "failed";

class SceneBoundary extends Component<{ onError: () => void; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override componentDidCatch() {
    this.props.onError();
  }
  override render() {
    return this.state.failed ? null : this.props.children;
  }
}

/**
 * A canvas that draws only when something asks for a frame. Reports when the graphics context cannot be had or is lost,
 * so that the page can show its flat twin instead.
 */
export function ThreeRoot({ fovDegrees, onFailure, children }: { fovDegrees: number; onFailure: (failure: ThreeFailure) => void; children: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  /** Set once configured: a root that renders before that takes a camera and a frame loop of its own. */
  const root = useRef<ReconcilerRoot<HTMLCanvasElement> | null>(null);
  const latest = useRef<{ children: ReactNode; onFailure: (failure: ThreeFailure) => void }>({ children, onFailure });

  useEffect(() => {
    latest.current = { children, onFailure };
    root.current?.render(wrapped(latest.current));
  });

  useEffect(() => {
    const box = host.current;
    if (!box) return;
    // A fresh canvas per mount: a context given back cannot be asked for again on the same element.
    const canvas = document.createElement("canvas");
    canvas.style.display = "block";
    canvas.setAttribute("aria-hidden", "true");
    box.append(canvas);
    const own = createRoot(canvas);
    const camera = new PerspectiveCamera(fovDegrees, 1, 1, 1_500);
    let mounted = true;
    const fail = () => mounted && latest.current.onFailure("failed");
    const configure = () => {
      const { width, height } = box.getBoundingClientRect();
      if (width === 0 || height === 0) return;
      own
        .configure({ frameloop: "demand", dpr: [1, 2], flat: true, size: { width, height, top: 0, left: 0 }, camera, gl: { antialias: true, alpha: true, powerPreference: "high-performance" } })
        .then(() => {
          if (!mounted) return;
          root.current = own;
          own.render(wrapped(latest.current));
        })
        .catch(fail);
    };
    const onLost = (event: Event) => {
      event.preventDefault();
      latest.current.onFailure("lost");
    };
    canvas.addEventListener("webglcontextlost", onLost);
    const observer = new ResizeObserver(configure);
    observer.observe(box);
    return () => {
      mounted = false;
      observer.disconnect();
      canvas.removeEventListener("webglcontextlost", onLost);
      root.current = null;
      own.unmount();
      canvas.remove();
    };
  }, [fovDegrees]);

  return <div ref={host} className="absolute inset-0 overflow-hidden" />;
}

const wrapped = ({ children, onFailure }: { children: ReactNode; onFailure: (failure: ThreeFailure) => void }) => <SceneBoundary onError={() => onFailure("failed")}>{children}</SceneBoundary>;
