import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInForm } from "@/components/account/sign-in-form";
import { configuredProviders } from "@/server/api/configured-providers";
import { localPathOf } from "@/server/domain/account/local-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.signIn");
  return { title: t("title"), robots: { index: false } };
}

const NEWS = ["expired", "verified", "reset", "erasing"] as const;
type Search = Record<string, string | string[] | undefined>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const one = (name: string) => (typeof search[name] === "string" ? search[name] : null);
  // next-auth calls the way back `callbackUrl` and writes it with its origin, which is left out here.
  const back = one("to") ?? one("callbackUrl")?.replace(/^https?:\/\/[^/]*/, "");
  return <SignInForm to={localPathOf(back)} providers={configuredProviders()} halfWay={one("halfWay")} failed={one("error")} news={NEWS.find((news) => news === one("news")) ?? null} />;
}
