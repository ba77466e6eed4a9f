"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { FormNote } from "../account/auth-card";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/input";
import { Panel } from "../ui/panel";
import { useBillingError } from "./use-billing-error";

/** The seats of an institution; nothing for everybody else. */
export function SeatsPanel() {
  const t = useTranslations("billing.seats");
  const { billing } = useTRPC();
  const client = useQueryClient();
  const ofError = useBillingError();
  const id = useId();
  const [email, setEmail] = useState("");
  const { data } = useSuspenseQuery(billing.get.queryOptions());
  const renew = () => client.invalidateQueries({ queryKey: billing.get.queryKey() });
  const give = useMutation(billing.addSeat.mutationOptions({ onSuccess: () => setEmail(""), onSettled: renew }));
  const take = useMutation(billing.removeSeat.mutationOptions({ onSettled: renew }));
  const { seats } = data;
  if (!seats) return null;
  const full = seats.items.length >= seats.bound;
  return (
    <Panel title={t("title")} detail={t("used", { used: seats.items.length, bound: seats.bound })}>
      <div className="flex flex-col gap-4">
        <p className="text-sm text-muted">{t("hint")}</p>
        {take.error && <FormNote tone="down">{ofError(take.error)}</FormNote>}
        <form className="flex flex-wrap items-end gap-2" onSubmit={(event) => { event.preventDefault(); give.mutate({ email }); }}>
          <Field label={t("email")} htmlFor={`${id}-email`} error={give.error ? ofError(give.error) : null} className="min-w-48 flex-1">
            <Input id={`${id}-email`} type="email" required value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="off" aria-invalid={give.isError} aria-describedby={give.error ? `${id}-email-error` : undefined} />
          </Field>
          <Button type="submit" size="md" variant="primary" disabled={give.isPending || full}>{t("give")}</Button>
        </form>
        {seats.items.length === 0 ? <p className="text-sm text-muted">{t("none")}</p> : (
          <ul className="flex flex-col divide-y divide-line border-y border-line">
            {seats.items.map((seat) => (
              <li key={seat.id} className="flex items-center gap-3 py-2 text-sm">
                <span className="min-w-0 flex-1 truncate">{seat.email}</span>
                <span className="text-2xs text-muted max-md:hidden">{t("since")} <Instant value={seat.createdAt} /></span>
                <Button disabled={take.isPending} aria-label={t("takeOf", { email: seat.email })} onClick={() => take.mutate({ seatId: seat.id })}>{t("take")}</Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
