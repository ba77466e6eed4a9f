"use client";

import { useQuery } from "@tanstack/react-query";
import { Landmark } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "../app-shell/trpc-client";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { scenarioQuery, type CircuitAddress } from "./circuit-address";
import { CircuitHeader } from "./circuit-header";

type Props = { ticker: string; message: string; address: CircuitAddress };

/** A company whose circuit is not drawn: why, and where to go on. */
export function NoCircuit({ ticker, message, address }: Props) {
  const t = useTranslations("circuit");
  const { market } = useTRPC();
  const { data: company } = useQuery(market.getCompany.queryOptions({ ticker }));
  const name = company?.name ?? ticker;
  const financial = company?.isFinancial ?? true;
  return (
    <>
      <CircuitHeader ticker={ticker} name={name} />
      <div className="panel">
        <EmptyState
          icon={Landmark}
          title={financial ? t("bank.title", { name }) : t("unavailable.title", { ticker })}
          action={
            <span className="flex flex-wrap justify-center gap-2">
              <Button asChild variant="primary" size="md"><Link href={`/companies/${ticker}`}>{t("bank.company", { ticker })}</Link></Button>
              <Button asChild size="md"><Link href={`/scenarios?${scenarioQuery(address)}&company=${ticker}`}>{t("bank.scenarios")}</Link></Button>
              <Button asChild size="md"><Link href="/circuit">{t("bank.others")}</Link></Button>
            </span>
          }
        >
          {financial ? t("bank.text") : message}
        </EmptyState>
      </div>
    </>
  );
}
