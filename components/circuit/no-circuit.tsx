"use client";

import { useQuery } from "@tanstack/react-query";
import { Landmark } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { unavailable } from "@/server/contracts/scenario";
import { useErrorText } from "../app-shell/error-text";
import { useTRPC } from "../app-shell/trpc-client";
import type { ToldError } from "../app-shell/wire-error";
import { useReasonText } from "../scenario/reason-text";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { scenarioQuery, type CircuitAddress } from "./circuit-address";
import { CircuitHeader } from "./circuit-header";

type Props = { ticker: string; error: ToldError; address: CircuitAddress };

/** A company whose circuit is not drawn: why, and where to go on. */
export function NoCircuit({ ticker, error, address }: Props) {
  const t = useTranslations("circuit");
  const { market } = useTRPC();
  const { data: company } = useQuery(market.getCompany.queryOptions({ ticker }));
  const name = company?.name ?? ticker;
  const errorText = useErrorText();
  const reasonText = useReasonText();
  const financial = error.reason === "financial";
  const told = unavailable.safeParse(error.details.unavailable);
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
          {financial ? t("bank.text") : told.success ? reasonText.unavailable(told.data) : errorText(error)}
        </EmptyState>
      </div>
    </>
  );
}
