import { useMemo, useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme", "data-updown", "style"] });
  const media = window.matchMedia("(prefers-color-scheme: light)");
  media.addEventListener("change", onChange);
  return () => {
    observer.disconnect();
    media.removeEventListener("change", onChange);
  };
}

/** The present values of CSS variables, for what is drawn outside CSS; follows a change of theme. */
export function useCssColours<Name extends string>(names: readonly Name[]): Record<Name, string> {
  const joined = useSyncExternalStore(
    subscribe,
    () => {
      const style = getComputedStyle(document.documentElement);
      return names.map((name) => style.getPropertyValue(name).trim() || "#808080").join("|");
    },
    () => "",
  );
  return useMemo(() => {
    const values = joined.split("|");
    return Object.fromEntries(names.map((name, i) => [name, values[i] || "#808080"])) as Record<Name, string>;
  }, [joined, names]);
}
