export type WebGlSupport = "none" | "software" | "hardware";

let known: WebGlSupport | null = null;

/** Whether this browser draws WebGL 2, and whether a graphics processor does it. Asked once: each probe costs a context. */
export function webGlSupport(): WebGlSupport {
  if (known) return known;
  if (typeof document === "undefined") return "none";
  const gl = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: false });
  if (!gl) return (known = "none");
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : gl.getParameter(gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return (known = /swiftshader|llvmpipe|software|basic render/i.test(renderer) ? "software" : "hardware");
}
