"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DriverId, DriverPath } from "@/server/contracts/scenario";
import { Sparkline } from "@/components/charts/sparkline";
import { DriverDeviation, useDeviationText, useDriverName } from "./driver-figure";

// The 10 and 90 % points of a normal distribution.
const Z90 = 1.2815515655446004;

/** What the other drivers do at one quarter, with the band of their conditional distribution. */
export function DriverResponseTable({ drivers, at, onShock }: { drivers: readonly DriverPath[]; at: number; onShock: (driver: DriverId) => void }) {
  const t = useTranslations("scenario");
  const driverName = useDriverName();
  const deviationText = useDeviationText();
  const others = drivers.filter(({ role }) => role !== "shocked");
  return (
    <table className="mt-2 w-full border-collapse text-xs">
      <thead>
        <tr className="h-6 border-b border-line text-2xs text-muted">
          <th scope="col" className="text-left font-medium">{t("driver")}</th>
          <th scope="col" className="text-left font-medium">{t("path")}</th>
          <th scope="col" className="text-right font-medium">{t("at", { quarter: at })}</th>
          <th scope="col" className="text-right font-medium">{t("range")}</th>
          <th scope="col" className="w-7"><span className="sr-only">{t("addShock")}</span></th>
        </tr>
      </thead>
      <tbody>
        {others.map(({ driver, role, deviation, deviationSd }) => {
          const value = deviation[at] ?? 0;
          const reach = Z90 * (deviationSd[at] ?? 0);
          return (
            <tr key={driver} className="h-7 hover:bg-surface-2">
              <th scope="row" className="pr-1 text-left font-normal">{driverName(driver)}</th>
              {role === "responded" ? (
                <>
                  <td><Sparkline points={deviation} width={44} height={14} className="text-node-driver" /></td>
                  <td className="text-right font-medium"><DriverDeviation driver={driver} value={value} className="justify-end" /></td>
                  <td className="pl-2 text-right text-2xs whitespace-nowrap text-muted">{deviationText(driver, value - reach, true)} … {deviationText(driver, value + reach, true)}</td>
                </>
              ) : (
                <td colSpan={3} className="text-right text-2xs text-faint">{t(`roles.${role}`)}</td>
              )}
              <td className="text-right">
                <button type="button" aria-label={t("makeShock", { driver: driverName(driver) })} onClick={() => onShock(driver)} className="inline-grid size-7 place-items-center rounded-sm text-faint hover:bg-surface-3 hover:text-text">
                  <Plus aria-hidden="true" className="size-3" />
                </button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
