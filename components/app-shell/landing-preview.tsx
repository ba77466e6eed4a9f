"use client";

import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Suspense, lazy, useSyncExternalStore, type ReactNode } from "react";
import type { GraphPreviewDto } from "@/server/contracts/graph";
import { numberText } from "../format/number-text";
import { webGlSupport } from "../three/web-gl-support";
import { SkeletonBlock } from "../ui/skeleton";
import { LandingGraph } from "./landing-graph";
import { useTRPC } from "./trpc-client";

const GraphPreview = lazy(() => import("../graph/graph-preview").then((module) => ({ default: module.GraphPreview })));

const never = () => () => undefined;
const TRY_AGAIN_MS = 15_000;
/** The picture's own shape, so that nothing moves when it comes. */
const BOX = "aspect-[860/552] max-h-[66vh] w-full";

/** The stored graph on the first page, which is made before there is a database: the picture is drawn in the browser. */
export function LandingPreview() {
  const t = useTranslations("landing");
  const locale = useLocale();
  const { data, isError } = useQuery(useTRPC().graph.getPreview.queryOptions(undefined, { refetchInterval: ({ state }) => (state.status === "error" ? TRY_AGAIN_MS : false) }));
  const missing = isError || data?.nodes.length === 0;
  const counts = { companies: data?.counts.nodes.company ?? 0, drivers: data?.counts.nodes.driver ?? 0, significant: data?.counts.significant ?? 0, estimates: data?.counts.estimates ?? 0 };
  const counted = t("counted", Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, numberText(locale, value)])));
  return (
    <figure className="min-w-0" aria-busy={!data && !missing}>
      {missing ? <NoPreview>{t("noGraph")}</NoPreview> : data ? <Preview graph={data} /> : <SkeletonBlock className={BOX} />}
      {/* The sentence keeps its lines free before its figures are there. */}
      <figcaption className={`mt-3 text-center text-xs text-muted ${data && !missing ? "" : "invisible"}`}>{counted}</figcaption>
    </figure>
  );
}

/** The still picture; the parts of the scene are only loaded where graphics hardware draws it. */
function Preview({ graph }: { graph: GraphPreviewDto }) {
  const drawn = useSyncExternalStore(never, webGlSupport, () => null) === "hardware";
  const picture = <LandingGraph graph={graph} />;
  return drawn ? <Suspense fallback={picture}><GraphPreview>{picture}</GraphPreview></Suspense> : picture;
}

function NoPreview({ children }: { children: ReactNode }) {
  return (
    <div className={`panel grid place-items-center p-6 text-center text-sm text-muted ${BOX}`}>
      <p className="flex flex-col items-center gap-2"><Activity aria-hidden="true" className="size-6 text-faint" />{children}</p>
    </div>
  );
}
