import { useLocale, useTranslations } from "next-intl";
import { multipleText } from "@/components/format/number-text";
import { useDeviationText, useDriverName } from "@/components/scenario/driver-figure";
import type { GraphNodeDto } from "@/server/contracts/graph";
import type { SectorCode } from "@/server/contracts/market";
import type { DriverId } from "@/server/contracts/scenario";

type Named = Pick<GraphNodeDto, "key" | "kind" | "label">;

export const idOf = (key: string): string => key.slice(key.indexOf(":") + 1);

/** Names and changes of nodes in the person's language. */
export function useNodeText() {
  const locale = useLocale();
  const driver = useDriverName();
  const driverChange = useDeviationText();
  const tSector = useTranslations("market.sectors");
  const sector = (code: SectorCode) => tSector(code);
  const named = ({ key, kind }: Named): string | null => (kind === "driver" ? driver(idOf(key) as DriverId) : kind === "sector" ? sector(idOf(key) as SectorCode) : null);
  return {
    /** As on a label: ticker, symbol, short name. */
    short: (node: Named): string => named(node) ?? (node.kind === "asset" ? idOf(node.key).replace(/-USD$/, "") : idOf(node.key)),
    /** As in a title. */
    full: (node: Named): string => named(node) ?? node.label,
    sector,
    driver,
    /** A driver's deviation from its baseline, in the unit people use for it. */
    driverChange,
    /** A change of cover without its sign for times, as on labels. */
    coverChange: (delta: number): string => multipleText(locale, delta, { signed: true }).replace("×", ""),
  };
}
