"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { OauthProvider } from "@/server/contracts/account";
import { useTRPC } from "../app-shell/trpc-client";
import { Instant } from "../format/instant";
import { Button } from "../ui/button";
import { Panel } from "../ui/panel";
import { FormNote } from "./auth-card";
import { linkProviderHere } from "./auth-client";
import { useStepUp } from "./step-up-provider";
import { useAccountError } from "./use-account-error";

type Props = { /** What the way back from a provider brought. */ linked: OauthProvider | null; failed: string | null };

/** The providers that open the account, when the operator has set any up. */
export function ProviderList({ linked: justLinked, failed }: Props) {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const client = useQueryClient();
  const guarded = useStepUp();
  const { ofError, ofReason } = useAccountError();
  const { data: ways } = useSuspenseQuery(account.listSignInWays.queryOptions());
  const { data: security } = useSuspenseQuery(account.getSecurity.queryOptions());
  const unlinkProvider = useMutation(account.unlinkProvider.mutationOptions());
  const unlink = useMutation({ mutationFn: (provider: OauthProvider) => guarded(() => unlinkProvider.mutateAsync({ provider })), onSettled: () => client.invalidateQueries({ queryKey: account.getSecurity.queryKey() }) });
  const link = useMutation({ mutationFn: (provider: OauthProvider) => guarded(() => linkProviderHere(provider)) });
  const error = link.error ?? unlink.error;
  const isFresh = link.isIdle && unlink.isIdle;
  const linked = new Map(security.providers.map(({ provider, linkedAt }) => [provider, linkedAt]));
  if (ways.providers.length === 0 && linked.size === 0) return null;
  return (
    <Panel title={t("security.providersTitle")}>
      <div className="flex flex-col gap-2">
        {error && <FormNote tone="down">{ofError(error)}</FormNote>}
        {isFresh && failed && <FormNote tone="down">{ofReason(failed)}</FormNote>}
        {isFresh && justLinked && linked.has(justLinked) && <FormNote tone="up">{t("security.linked", { provider: t(`providers.${justLinked}`) })}</FormNote>}
        {[...new Set([...ways.providers, ...linked.keys()])].map((provider) => {
          const since = linked.get(provider);
          return (
            <div key={provider} className="flex items-center gap-3 text-sm">
              <span className="flex-1 font-medium">{t(`providers.${provider}`)} {since && <Instant value={since} className="ml-2 text-2xs font-normal text-muted" />}</span>
              {since
                ? <Button disabled={unlink.isPending} onClick={() => unlink.mutate(provider)}>{t("security.unlink", { provider: t(`providers.${provider}`) })}</Button>
                : <Button disabled={link.isPending} onClick={() => link.mutate(provider)}>{t("security.link", { provider: t(`providers.${provider}`) })}</Button>}
            </div>
          );
        })}
      </div>
    </Panel>
  );
}
