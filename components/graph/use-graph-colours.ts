import { Color } from "three";
import { useMemo } from "react";
import { useCssColours } from "@/components/three/use-css-colours";

const NAMES = ["--node-driver", "--node-sector", "--node-company", "--node-asset", "--surface-0", "--surface-2", "--surface-3", "--line-strong", "--wire", "--up", "--down", "--text", "--text-faint"] as const;

export type GraphColours = Record<(typeof NAMES)[number], string> & {
  dark: boolean;
  /** The same as linear RGB, for the graphics processor. */
  linear: Record<(typeof NAMES)[number], readonly [number, number, number]>;
};

/** The colours of the graph in the present theme. */
export function useGraphColours(): GraphColours {
  const css = useCssColours(NAMES);
  return useMemo(() => {
    const colour = new Color();
    const linear = Object.fromEntries(NAMES.map((name) => [name, colour.set(css[name]).toArray()])) as unknown as GraphColours["linear"];
    const [r, g, b] = linear["--surface-0"];
    return { ...css, linear, dark: r * 0.2126 + g * 0.7152 + b * 0.0722 < 0.2 };
  }, [css]);
}
