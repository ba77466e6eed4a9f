import { useTranslations } from "next-intl";
import { SkeletonBlock } from "../ui/skeleton";

/** In the shape of the page to come: header, scenario, verdict, drawing. */
export function CircuitSkeleton() {
  const t = useTranslations("ui");
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{t("loading")}</span>
      <div className="flex items-center gap-3"><SkeletonBlock className="size-9" /><SkeletonBlock className="h-8 w-64" /><SkeletonBlock className="ml-auto h-8 w-52 max-md:hidden" /></div>
      <SkeletonBlock className="h-[118px]" />
      <div className="flex gap-6 max-md:flex-col"><SkeletonBlock className="h-[72px] flex-1" /><SkeletonBlock className="h-[72px] flex-1" /></div>
      <SkeletonBlock className="h-[960px] max-md:h-[1200px]" />
    </div>
  );
}
