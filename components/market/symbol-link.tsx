import Link from "next/link";

/** A symbol with its name; it leads to the company whose share it is, a fund leads nowhere yet. */
export function SymbolLink({ symbol, name, ticker }: { symbol: string; name: string; ticker: string | null }) {
  const words = (
    <>
      <b className="w-14 flex-none font-mono font-semibold">{symbol}</b>
      <span className="min-w-0 truncate text-muted">{name}</span>
    </>
  );
  const look = "flex min-w-0 items-baseline gap-2";
  return ticker === null ? <span className={look}>{words}</span> : <Link href={`/companies/${encodeURIComponent(ticker)}`} className={`${look} hover:text-accent`}>{words}</Link>;
}
