import { useTranslations } from "next-intl";
import { classNames } from "./class-names";

/** One grey block; give it the size of what will stand there. */
export function SkeletonBlock({ className }: { className?: string }) {
  return <div aria-hidden="true" className={classNames("animate-pulse rounded-md bg-surface-3", className)} />;
}

/** Rows in the shape of a list or table to come. */
export function Skeleton({ rows = 6, className, rowClassName = "h-5" }: { rows?: number; className?: string; rowClassName?: string }) {
  const t = useTranslations("ui");
  return (
    <div role="status" className={classNames("flex flex-col gap-3 p-4", className)}>
      <span className="sr-only">{t("loading")}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex gap-4">
          <SkeletonBlock className={classNames(rowClassName, "flex-1")} />
          <SkeletonBlock className={classNames(rowClassName, "w-16")} />
        </div>
      ))}
    </div>
  );
}
