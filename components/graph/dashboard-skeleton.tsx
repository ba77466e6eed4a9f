import { SkeletonBlock } from "@/components/ui/skeleton";
import { StageSkeleton } from "./stage-skeleton";

/** The dashboard before its graph has come, in the same places. */
export function DashboardSkeleton() {
  return (
    <div className="flex flex-col md:grid md:h-[calc(100dvh-80px)] md:min-h-[560px] md:grid-cols-[0_minmax(0,1fr)_320px] md:grid-rows-[44px_minmax(0,1fr)] xl:grid-cols-[224px_minmax(0,1fr)_344px]">
      <div className="flex items-center gap-3 border-b border-line py-2 pr-2 pl-4 max-md:pr-4 md:col-span-2 md:py-0"><SkeletonBlock className="h-7 w-56 max-md:h-10 max-md:flex-1" /><span className="flex-1 max-md:hidden" /><SkeletonBlock className="h-7 w-44 max-md:h-10" /></div>
      <div className="flex flex-col gap-3 border-r border-line bg-surface-1 px-4 py-3 max-xl:hidden">{Array.from({ length: 18 }, (_, i) => <SkeletonBlock key={i} className="h-4" />)}</div>
      <div className="relative min-h-0 max-md:h-[max(320px,calc(100dvh-368px))] max-xl:col-span-2"><StageSkeleton /></div>
      <div className="col-start-3 row-span-2 row-start-1 flex flex-col gap-3 border-l border-line bg-surface-1 px-4 py-3 max-md:hidden">{Array.from({ length: 14 }, (_, i) => <SkeletonBlock key={i} className="h-6" />)}</div>
    </div>
  );
}
