"use client";

import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { MfaEnrolment } from "@/server/contracts/account";
import { useTRPC } from "../app-shell/trpc-client";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Panel } from "../ui/panel";
import { toast } from "../ui/toast";
import { FormNote } from "./auth-card";
import { TextField } from "./password-field";
import { useStepUp } from "./step-up-provider";
import { useAccountError } from "./use-account-error";

/** The second factor: set up with a code of the app, recovery codes, switched off. */
export function MfaPanel() {
  const t = useTranslations("account.security");
  const format = useFormatter();
  const { account } = useTRPC();
  const client = useQueryClient();
  const guarded = useStepUp();
  const { ofError } = useAccountError();
  const { data: security } = useSuspenseQuery(account.getSecurity.queryOptions());
  const { data: me } = useQuery(account.getMe.queryOptions());
  const [enrolment, setEnrolment] = useState<MfaEnrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [stopping, setStopping] = useState(false);
  const refresh = () => void client.invalidateQueries({ queryKey: account.pathKey() });

  const startMfa = useMutation(account.startMfa.mutationOptions());
  const renewCodes = useMutation(account.renewRecoveryCodes.mutationOptions());
  const disableMfa = useMutation(account.disableMfa.mutationOptions());
  const start = useMutation({ mutationFn: () => guarded(() => startMfa.mutateAsync()), onSuccess: setEnrolment });
  const renew = useMutation({ mutationFn: () => guarded(() => renewCodes.mutateAsync()), onSuccess: (made) => { setCodes(made.codes); refresh(); } });
  const disable = useMutation({ mutationFn: () => guarded(() => disableMfa.mutateAsync()), onSuccess: refresh });
  const failed = start.error ?? renew.error ?? disable.error;
  const on = security.mfaEnabledAt;

  return (
    <Panel title={t("mfaTitle")} actions={on && <Badge tone="up">✓</Badge>}>
      <div className="flex flex-col items-start gap-3">
        {failed && <FormNote tone="down">{ofError(failed)}</FormNote>}
        <p className="text-sm text-muted">{on ? t("mfaOn", { date: format.dateTime(new Date(on), { dateStyle: "long" }), count: security.recoveryCodesLeft }) : t("mfaOff")}</p>
        {!on && me?.role === "ADMIN" && <FormNote tone="neutral">{t("mfaOffAdmin")}</FormNote>}
        {on ? (
          <div className="flex flex-wrap gap-2">
            <Button size="md" disabled={renew.isPending} onClick={() => renew.mutate()}>{t("codesRenew")}</Button>
            <Button size="md" variant="danger" onClick={() => setStopping(true)}>{t("mfaStop")}</Button>
          </div>
        ) : (
          <Button size="md" variant="primary" disabled={start.isPending} onClick={() => start.mutate()}>{t("mfaStart")}</Button>
        )}
      </div>
      {enrolment && <EnrolmentDialog enrolment={enrolment} onClose={() => setEnrolment(null)} onDone={(made) => { setEnrolment(null); setCodes(made); refresh(); }} />}
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
      {stopping && <StopDialog onClose={() => setStopping(false)} onStop={() => { setStopping(false); disable.mutate(); }} />}
    </Panel>
  );
}

function EnrolmentDialog({ enrolment, onClose, onDone }: { enrolment: MfaEnrolment; onClose: () => void; onDone: (codes: readonly string[]) => void }) {
  const t = useTranslations("account");
  const { account } = useTRPC();
  const guarded = useStepUp();
  const { ofError } = useAccountError();
  const [code, setCode] = useState("");
  const confirmMfa = useMutation(account.confirmMfa.mutationOptions());
  const confirm = useMutation({ mutationFn: () => guarded(() => confirmMfa.mutateAsync({ code })), onSuccess: ({ codes }) => onDone(codes), onError: () => setCode("") });
  return (
    <Dialog open onOpenChange={onClose} title={t("security.mfaTitle")} description={t("security.mfaScan")} width="md">
      <form className="flex flex-col gap-4 p-4" onSubmit={(event) => { event.preventDefault(); confirm.mutate(); }}>
        {/* White whatever the theme: cameras read dark on light. The picture stands in its address, so there is nothing to optimise. */}
        <div role="img" aria-label={t("security.mfaPicture")} className="size-48 self-center rounded-md bg-white bg-contain" style={{ backgroundImage: `url("${enrolment.picture}")` }} />
        <p className="text-center text-2xs text-muted">{t("security.mfaKey")}: <span data-testid="mfa-key" className="font-mono text-xs break-all text-text select-all">{enrolment.secret}</span></p>
        {confirm.error && <FormNote tone="down">{ofError(confirm.error)}</FormNote>}
        <TextField label={t("code")} value={code} onChange={setCode} autoComplete="one-time-code" inputMode="numeric" maxLength={10} autoFocus mono />
        <div className="flex justify-end gap-2">
          <Button size="lg" onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" size="lg" variant="primary" disabled={confirm.isPending}>{t("security.mfaConfirm")}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useTranslations("account.security");
  const copy = () => void navigator.clipboard.writeText(codes.join("\n")).then(() => toast.success(t("codesCopied")));
  return (
    <Dialog open onOpenChange={onClose} title={t("codesTitle")} description={t("codesText")} width="md">
      <div className="flex flex-col gap-4 p-4">
        <ul aria-label={t("codesTitle")} className="grid gap-y-1.5 rounded-md border border-line bg-surface-2 p-3 font-mono text-sm whitespace-nowrap select-all max-md:text-xs">
          {codes.map((code) => <li key={code}>{code}</li>)}
        </ul>
        <div className="flex justify-end gap-2">
          <Button size="lg" onClick={copy}>{t("codesCopy")}</Button>
          <Button size="lg" variant="primary" onClick={onClose}>{t("codesKept")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

function StopDialog({ onClose, onStop }: { onClose: () => void; onStop: () => void }) {
  const t = useTranslations("account");
  return (
    <Dialog open onOpenChange={onClose} title={t("security.mfaStopTitle")} description={t("security.mfaStopText")} width="md">
      <div className="flex justify-end gap-2 p-4">
        <Button size="lg" onClick={onClose}>{t("cancel")}</Button>
        <Button size="lg" variant="danger" onClick={onStop}>{t("security.mfaStop")}</Button>
      </div>
    </Dialog>
  );
}
