"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { QueryError } from "../app-shell/query-boundary";
import { useTRPC } from "../app-shell/trpc-client";
import { Quantity } from "../format/quantity";
import { Skeleton } from "../ui/skeleton";
import { ActDialog } from "./act-dialog";
import { Facts } from "./facts";

type Props = { of: { ticker: string } | { symbol: string }; act: (confirm: string) => Promise<unknown>; onClose: () => void };

/** Shows what goes with a company or an instrument before it goes. */
export function DeleteDialog({ of, act, onClose }: Props) {
  const t = useTranslations("admin.delete");
  const { admin } = useTRPC();
  const isCompany = "ticker" in of;
  const key = isCompany ? of.ticker : of.symbol;
  const company = useQuery(admin.getCompanyImpact.queryOptions({ ticker: key }, { enabled: isCompany, staleTime: 0 }));
  const instrument = useQuery(admin.getInstrumentImpact.queryOptions({ symbol: key }, { enabled: !isCompany, staleTime: 0 }));
  const { data: impact, error, refetch } = isCompany ? company : instrument;
  const count = (value: number) => <Quantity value={value} digits={0} />;
  return (
    <ActDialog title={t("title", { key })} text={t(impact?.recorded ? "recorded" : "text")} action={t("action")} danger disabled={!impact} typed={impact?.recorded ? impact.key : null} act={({ typed }) => act(typed)} onClose={onClose}>
      {error ? <QueryError error={error} onRetry={() => void refetch()} compact /> : impact ? (
        <Facts items={[[t("name"), impact.name], ...(isCompany ? [[t("instruments"), impact.instruments.join(", ") || "0"], [t("statements"), count(impact.statements)]] as const : []), [t("bars"), count(impact.bars)], [t("connections"), count(impact.connections)]]} />
      ) : <Skeleton rows={3} />}
    </ActDialog>
  );
}
