import type { Tier } from "./access";

export const MAIL_LOCALES = ["en", "ko"] as const;
export type MailLocale = (typeof MAIL_LOCALES)[number];

/** Every mail about an account, with what stands in it. Instants are written out already, in the person's time zone. */
export type AccountMail =
  | { kind: "verify-email"; name: string | null; link: string; hours: number }
  | { kind: "address-known"; name: string | null; signInLink: string; resetLink: string }
  | { kind: "reset-password"; name: string | null; link: string; minutes: number }
  | { kind: "password-changed"; name: string | null; at: string; resetLink: string }
  | { kind: "change-email"; name: string | null; link: string; hours: number }
  | { kind: "email-changed"; name: string | null; at: string; newEmail: string }
  | { kind: "new-device"; name: string | null; device: string; place: string; address: string; at: string; sessionsLink: string }
  | { kind: "session-reused"; name: string | null; at: string; sessionsLink: string }
  | { kind: "mfa-enabled" | "mfa-disabled" | "recovery-code-used"; name: string | null; at: string; securityLink: string }
  | { kind: "provider-linked" | "provider-unlinked"; name: string | null; provider: string; at: string; securityLink: string }
  | { kind: "export-ready"; name: string | null; link: string; until: string }
  | { kind: "erasure-requested"; name: string | null; link: string; on: string }
  | { kind: "erasure-cancelled"; name: string | null; at: string; securityLink: string }
  | { kind: "seat-given"; name: string | null; institution: string; link: string }
  | { kind: "post-moved"; name: string | null; author: string; quote: string; tickers: string; link: string }
  | { kind: "api-key-expiring"; name: string | null; keyName: string; prefix: string; on: string; link: string }
  | { kind: "webhook-disabled"; name: string | null; url: string; link: string }
  | { kind: "plan-changed"; name: string | null; from: Tier; to: Tier; link: string }
  | { kind: "payment-failed"; name: string | null; link: string }
  | { kind: "digest"; name: string | null; unread: number; /** The newest of them. */ lines: readonly string[]; link: string };

type Part = { text: string } | { label: string; link: string };
type Letter = { subject: string; parts: Part[] };
type Written = { subject: string; text: string; html: string };

const ifNotYou = {
  en: "If this was not you, set a new password at once; that ends every session.",
  ko: "본인이 아니라면 즉시 새 비밀번호를 설정하세요. 모든 세션이 종료됩니다.",
};

const TIER_NAME: Record<Tier, string> = { FREE: "Free", PRO: "Pro", PREMIUM: "Premium", INSTITUTIONAL: "Institutional" };

const LETTERS: Record<MailLocale, (mail: AccountMail) => Letter> = { en: english, ko: korean };

function english(mail: AccountMail): Letter {
  const say = (text: string): Part => ({ text });
  const go = (label: string, link: string): Part => ({ label, link });
  switch (mail.kind) {
    case "verify-email":
      return { subject: "Confirm your e-mail address", parts: [say("Welcome to Nexus-Alpha. Confirm that this address is yours, then sign in."), go("Confirm address", mail.link), say(`The link works for ${mail.hours} hours. If you did not register, ignore this mail; nothing happens without the confirmation.`)] };
    case "address-known":
      return { subject: "You already have an account", parts: [say("Somebody, perhaps you, tried to register with this address. It already has an account."), go("Sign in", mail.signInLink), go("Forgotten the password?", mail.resetLink), say("If it was not you, there is nothing to do.")] };
    case "reset-password":
      return { subject: "Set a new password", parts: [say("Somebody, perhaps you, asked for a new password."), go("Set a new password", mail.link), say(`The link works once and for ${mail.minutes} minutes. If it was not you, ignore this mail; your password stays.`)] };
    case "password-changed":
      return { subject: "Your password was changed", parts: [say(`Your password was changed at ${mail.at}. All other sessions have ended.`), say(ifNotYou.en), go("Set a new password", mail.resetLink)] };
    case "change-email":
      return { subject: "Confirm your new e-mail address", parts: [say("Confirm that this address shall be the one of your account."), go("Confirm address", mail.link), say(`The link works for ${mail.hours} hours. Until then the old address stays.`)] };
    case "email-changed":
      return { subject: "Your e-mail address was changed", parts: [say(`Since ${mail.at} your account has the address ${mail.newEmail}; this one no longer signs in.`), say("If this was not you, write to the operator of this site.")] };
    case "new-device":
      return { subject: "New sign-in to your account", parts: [say(`${mail.device}${mail.place ? ` · ${mail.place}` : ""}${mail.address ? ` · ${mail.address}` : ""}`), say(`Signed in at ${mail.at}.`), say("If this was you, there is nothing to do. If not, end that session and change your password."), go("See your sessions", mail.sessionsLink)] };
    case "session-reused":
      return { subject: "A session was ended for your safety", parts: [say(`At ${mail.at} an old key of one of your sessions was used again, which happens when somebody has copied it. That session has ended.`), go("See your sessions", mail.sessionsLink)] };
    case "mfa-enabled":
      return { subject: "Two-step sign-in is on", parts: [say(`Since ${mail.at} a code from your authenticator app is asked at each sign-in.`), say(ifNotYou.en), go("Security settings", mail.securityLink)] };
    case "mfa-disabled":
      return { subject: "Two-step sign-in is off", parts: [say(`Since ${mail.at} your password alone signs in.`), say(ifNotYou.en), go("Security settings", mail.securityLink)] };
    case "recovery-code-used":
      return { subject: "A recovery code was used", parts: [say(`At ${mail.at} somebody signed in with one of your recovery codes. It works no more.`), say(ifNotYou.en), go("Security settings", mail.securityLink)] };
    case "provider-linked":
      return { subject: `${mail.provider} now signs in to your account`, parts: [say(`Since ${mail.at} your ${mail.provider} account signs in to your account here.`), say("If this was not you, unlink it in the security settings and set a new password at once; that ends every session."), go("Security settings", mail.securityLink)] };
    case "provider-unlinked":
      return { subject: `${mail.provider} no longer signs in to your account`, parts: [say(`Since ${mail.at} your ${mail.provider} account no longer signs in to your account here.`), say(ifNotYou.en), go("Security settings", mail.securityLink)] };
    case "export-ready":
      return { subject: "Your data are ready", parts: [say("The archive of everything we keep about you can be downloaded while you are signed in."), go("Download", mail.link), say(`It is deleted at ${mail.until}.`)] };
    case "erasure-requested":
      return { subject: "Your account will be erased", parts: [say(`As you asked, your account and everything personal in it will be erased on ${mail.on}. What you published stays without your name.`), say("Signing in before then, or this link, keeps the account."), go("Keep my account", mail.link)] };
    case "erasure-cancelled":
      return { subject: "Your account stays", parts: [say(`At ${mail.at} the erasure of your account was called off.`), go("Security settings", mail.securityLink)] };
    case "seat-given":
      return { subject: "You have a seat", parts: [say(`${mail.institution} gives you a seat: with an account of this address you have the institutional plan.`), go("Register or sign in", mail.link), say("If you know nothing of this, there is nothing to do; nothing is charged to you.")] };
    case "post-moved":
      return { subject: "A post of an account that you watch", parts: [say(`${mail.author}${mail.tickers ? ` on ${mail.tickers}` : ""}:`), say(`“${mail.quote}”`), go("See the posts", mail.link)] };
    case "api-key-expiring":
      return { subject: "An API key ends soon", parts: [say(`Your API key “${mail.keyName}” (${mail.prefix}…) works until ${mail.on}.`), say("Rotate it to go on without a gap: the new key works at once, the old one until then."), go("API keys", mail.link)] };
    case "webhook-disabled":
      return { subject: "A webhook was switched off", parts: [say(`Nothing has arrived at ${mail.url} for a long time, so no more events are sent there.`), say("Once the address answers again, switch it on; what was missed can be sent again."), go("Webhooks", mail.link)] };
    case "plan-changed":
      return { subject: `Your plan is now ${TIER_NAME[mail.to]}`, parts: [say(`Your plan was ${TIER_NAME[mail.from]} and is ${TIER_NAME[mail.to]} from now on.`), go("See your plan", mail.link)] };
    case "payment-failed":
      return { subject: "A payment did not go through", parts: [say("The payment for your plan was refused. It is tried again for some days; then the plan ends."), go("Check the payment method", mail.link)] };
    case "digest":
      return { subject: mail.unread === 1 ? "One unread notification" : `${mail.unread} unread notifications`, parts: [say("Since the last summary:"), ...mail.lines.map((line) => say(`• ${line}`)), ...(mail.unread > mail.lines.length ? [say(`And ${mail.unread - mail.lines.length} more.`)] : []), go("Open the inbox", mail.link)] };
  }
}

function korean(mail: AccountMail): Letter {
  const say = (text: string): Part => ({ text });
  const go = (label: string, link: string): Part => ({ label, link });
  switch (mail.kind) {
    case "verify-email":
      return { subject: "이메일 주소를 확인해 주세요", parts: [say("Nexus-Alpha에 오신 것을 환영합니다. 본인의 주소임을 확인한 뒤 로그인하세요."), go("주소 확인", mail.link), say(`이 링크는 ${mail.hours}시간 동안 유효합니다. 가입한 적이 없다면 이 메일을 무시하세요. 확인하지 않으면 아무 일도 일어나지 않습니다.`)] };
    case "address-known":
      return { subject: "이미 계정이 있습니다", parts: [say("누군가(본인일 수 있습니다) 이 주소로 가입을 시도했습니다. 이 주소에는 이미 계정이 있습니다."), go("로그인", mail.signInLink), go("비밀번호를 잊으셨나요?", mail.resetLink), say("본인이 아니라면 아무것도 하지 않아도 됩니다.")] };
    case "reset-password":
      return { subject: "새 비밀번호 설정", parts: [say("누군가(본인일 수 있습니다) 새 비밀번호를 요청했습니다."), go("새 비밀번호 설정", mail.link), say(`이 링크는 ${mail.minutes}분 동안 한 번만 쓸 수 있습니다. 본인이 아니라면 무시하세요. 비밀번호는 그대로입니다.`)] };
    case "password-changed":
      return { subject: "비밀번호가 변경되었습니다", parts: [say(`${mail.at}에 비밀번호가 변경되었습니다. 다른 모든 세션이 종료되었습니다.`), say(ifNotYou.ko), go("새 비밀번호 설정", mail.resetLink)] };
    case "change-email":
      return { subject: "새 이메일 주소를 확인해 주세요", parts: [say("이 주소를 계정의 주소로 사용할 것을 확인해 주세요."), go("주소 확인", mail.link), say(`이 링크는 ${mail.hours}시간 동안 유효합니다. 그때까지 기존 주소가 유지됩니다.`)] };
    case "email-changed":
      return { subject: "이메일 주소가 변경되었습니다", parts: [say(`${mail.at}부터 계정의 주소는 ${mail.newEmail}입니다. 이 주소로는 더 이상 로그인할 수 없습니다.`), say("본인이 아니라면 사이트 운영자에게 알려 주세요.")] };
    case "new-device":
      return { subject: "새 기기에서 로그인", parts: [say(`${mail.device}${mail.place ? ` · ${mail.place}` : ""}${mail.address ? ` · ${mail.address}` : ""}`), say(`${mail.at}에 로그인했습니다.`), say("본인이라면 아무것도 하지 않아도 됩니다. 아니라면 해당 세션을 종료하고 비밀번호를 바꾸세요."), go("세션 보기", mail.sessionsLink)] };
    case "session-reused":
      return { subject: "안전을 위해 세션을 종료했습니다", parts: [say(`${mail.at}에 세션의 오래된 키가 다시 사용되었습니다. 누군가 키를 복사했을 때 생기는 일이므로 해당 세션을 종료했습니다.`), go("세션 보기", mail.sessionsLink)] };
    case "mfa-enabled":
      return { subject: "2단계 로그인이 켜졌습니다", parts: [say(`${mail.at}부터 로그인할 때마다 인증 앱의 코드를 입력합니다.`), say(ifNotYou.ko), go("보안 설정", mail.securityLink)] };
    case "mfa-disabled":
      return { subject: "2단계 로그인이 꺼졌습니다", parts: [say(`${mail.at}부터 비밀번호만으로 로그인합니다.`), say(ifNotYou.ko), go("보안 설정", mail.securityLink)] };
    case "recovery-code-used":
      return { subject: "복구 코드가 사용되었습니다", parts: [say(`${mail.at}에 복구 코드로 로그인했습니다. 그 코드는 더 이상 쓸 수 없습니다.`), say(ifNotYou.ko), go("보안 설정", mail.securityLink)] };
    case "provider-linked":
      return { subject: `이제 ${mail.provider} 계정으로 로그인할 수 있습니다`, parts: [say(`${mail.at}부터 ${mail.provider} 계정으로 이 계정에 로그인할 수 있습니다.`), say("본인이 아니라면 보안 설정에서 연결을 해제하고 즉시 새 비밀번호를 설정하세요. 모든 세션이 종료됩니다."), go("보안 설정", mail.securityLink)] };
    case "provider-unlinked":
      return { subject: `${mail.provider} 계정 연결이 해제되었습니다`, parts: [say(`${mail.at}부터 ${mail.provider} 계정으로 이 계정에 로그인할 수 없습니다.`), say(ifNotYou.ko), go("보안 설정", mail.securityLink)] };
    case "export-ready":
      return { subject: "데이터가 준비되었습니다", parts: [say("저희가 보관하는 회원님의 모든 데이터를 로그인 상태에서 내려받을 수 있습니다."), go("내려받기", mail.link), say(`${mail.until}에 삭제됩니다.`)] };
    case "erasure-requested":
      return { subject: "계정이 삭제될 예정입니다", parts: [say(`요청하신 대로 계정과 모든 개인 정보가 ${mail.on}에 삭제됩니다. 게시한 글은 이름 없이 남습니다.`), say("그 전에 로그인하거나 아래 링크를 누르면 계정이 유지됩니다."), go("계정 유지", mail.link)] };
    case "erasure-cancelled":
      return { subject: "계정이 유지됩니다", parts: [say(`${mail.at}에 계정 삭제가 취소되었습니다.`), go("보안 설정", mail.securityLink)] };
    case "seat-given":
      return { subject: "좌석을 받았습니다", parts: [say(`${mail.institution}에서 좌석을 제공했습니다. 이 주소의 계정으로 기관 요금제를 이용할 수 있습니다.`), go("가입 또는 로그인", mail.link), say("모르는 일이라면 아무것도 하지 않아도 됩니다. 요금은 청구되지 않습니다.")] };
    case "post-moved":
      return { subject: "지켜보는 계정의 새 게시물", parts: [say(`${mail.author}${mail.tickers ? ` · ${mail.tickers}` : ""}:`), say(`“${mail.quote}”`), go("게시물 보기", mail.link)] };
    case "api-key-expiring":
      return { subject: "API 키가 곧 만료됩니다", parts: [say(`API 키 “${mail.keyName}”(${mail.prefix}…)는 ${mail.on}까지 유효합니다.`), say("키를 교체하면 중단 없이 계속 쓸 수 있습니다. 새 키는 바로, 기존 키는 그때까지 유효합니다."), go("API 키", mail.link)] };
    case "webhook-disabled":
      return { subject: "웹훅이 꺼졌습니다", parts: [say(`${mail.url} 주소로 오랫동안 아무것도 전달되지 않아 더 이상 이벤트를 보내지 않습니다.`), say("주소가 다시 응답하면 켜 주세요. 놓친 이벤트는 다시 보낼 수 있습니다."), go("웹훅", mail.link)] };
    case "plan-changed":
      return { subject: `요금제가 ${TIER_NAME[mail.to]}(으)로 변경되었습니다`, parts: [say(`요금제가 ${TIER_NAME[mail.from]}에서 ${TIER_NAME[mail.to]}(으)로 변경되었습니다.`), go("요금제 보기", mail.link)] };
    case "payment-failed":
      return { subject: "결제가 완료되지 않았습니다", parts: [say("요금제 결제가 거절되었습니다. 며칠 동안 다시 시도한 뒤 요금제가 종료됩니다."), go("결제 수단 확인", mail.link)] };
    case "digest":
      return { subject: `읽지 않은 알림 ${mail.unread}건`, parts: [say("지난 요약 이후의 알림입니다."), ...mail.lines.map((line) => say(`• ${line}`)), ...(mail.unread > mail.lines.length ? [say(`그 밖에 ${mail.unread - mail.lines.length}건이 더 있습니다.`)] : []), go("알림함 열기", mail.link)] };
  }
}

const greeting = { en: (name: string | null) => (name ? `Hello ${name},` : "Hello,"), ko: (name: string | null) => (name ? `${name} 님, 안녕하세요.` : "안녕하세요.") };
const closing = { en: "Nexus-Alpha · sent because of an event in your account", ko: "Nexus-Alpha · 계정에서 일어난 일 때문에 보낸 메일입니다" };

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
/** A line break in what a person wrote must not begin a new line, which a reader could take for ours. */
const oneLine = (text: string) => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ");

/** Anybody can register somebody else's address under any name, and mail programs make links of what looks like an address. */
const noAddress = (text: string) => text.replace(/[/:@]+|(?<=\S)\.(?=\S)/g, " ");

/** Writes a mail in the reader's language, as text and as HTML; whatever people wrote themselves is escaped. */
export function accountMail(locale: MailLocale, given: AccountMail): Written {
  const cleaned = (value: unknown): unknown => (typeof value === "string" ? oneLine(value) : Array.isArray(value) ? value.map(cleaned) : value);
  const mail = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, cleaned(value)])) as AccountMail;
  const { subject, parts } = LETTERS[locale](mail.kind === "seat-given" ? { ...mail, institution: noAddress(mail.institution) } : mail.kind === "post-moved" ? { ...mail, author: noAddress(mail.author), quote: noAddress(mail.quote) } : mail);
  const hello = greeting[locale](mail.name && noAddress(mail.name));
  const text = [hello, ...parts.map((part) => ("link" in part ? `${part.label}:\n${part.link}` : part.text)), `-- \n${closing[locale]}`].join("\n\n");
  const body = parts.map((part) =>
    "link" in part
      ? `<p style="margin:20px 0"><a href="${escaped(part.link)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#006a9f;color:#ffffff;text-decoration:none;font-weight:600">${escaped(part.label)}</a></p><p style="margin:0 0 16px;font-size:12px;color:#566375;word-break:break-all">${escaped(part.link)}</p>`
      : `<p style="margin:0 0 12px">${escaped(part.text)}</p>`,
  );
  const html = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body style="margin:0;padding:24px;background:#f4f6f9"><div style="max-width:520px;margin:0 auto;padding:28px;border:1px solid #dfe4eb;border-radius:8px;background:#ffffff;color:#10161f;font:14px/1.55 system-ui,sans-serif"><p style="margin:0 0 20px;font-weight:600">Nexus-Alpha</p><p style="margin:0 0 12px">${escaped(hello)}</p>${body.join("")}<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #dfe4eb;font-size:12px;color:#566375">${escaped(closing[locale])}</p></div></body></html>`;
  return { subject, text, html };
}
