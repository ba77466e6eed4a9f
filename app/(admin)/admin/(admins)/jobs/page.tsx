import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { JobRuns } from "@/components/admin/job-runs";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.nav");
  return { title: t("jobs") };
}

export default function JobRunsPage() {
  return <JobRuns />;
}
