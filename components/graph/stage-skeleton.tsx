import { useTranslations } from "next-intl";
import { SkeletonBlock } from "@/components/ui/skeleton";

/** The planes of the layers, before the scene has come. */
export function StageSkeleton() {
  const t = useTranslations("graph");
  return (
    <div role="status" aria-label={t("loading")} className="absolute inset-0 grid place-content-center gap-5 p-8">
      {[0, 1, 2, 3].map((layer) => <SkeletonBlock key={layer} className="h-16 w-[min(640px,70vw)] [transform:perspective(600px)_rotateX(52deg)] md:h-24" />)}
    </div>
  );
}
