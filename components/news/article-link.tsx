import type { ReactNode } from "react";
import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";

/** The way out to the publisher; a headline without an address is plain text. */
export function ArticleLink({ url, children, className }: { url: string | null; children: ReactNode; className?: string }) {
  const t = useTranslations("news");
  if (url === null) return <span className={className}>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noopener nofollow noreferrer" className={className}>
      {children}
      <ExternalLink aria-hidden="true" strokeWidth={1.6} className="ml-1 inline size-3 text-faint" />
      <span className="sr-only"> {t("newWindow")}</span>
    </a>
  );
}
