"use client";

import { useSearchParams } from "next/navigation";
import { COMPANY_SORTS, SECTOR_CODES, type ListCompaniesInput } from "@/server/contracts/market";

export type CompanyFilters = Pick<ListCompaniesInput, "search" | "sector" | "sort" | "order">;

/** Filters and order as the address names them; what it cannot mean is left at its default. */
export function readCompanyFilters(query: string): CompanyFilters {
  const params = new URLSearchParams(query);
  return {
    search: (params.get("search") ?? "").trim().slice(0, 80),
    sector: SECTOR_CODES.find((code) => code === params.get("sector")) ?? null,
    sort: COMPANY_SORTS.find((sort) => sort === params.get("sort")) ?? null,
    order: params.get("order") === "desc" ? "desc" : "asc",
  };
}

export function useCompanyFilters(): [CompanyFilters, (change: Partial<CompanyFilters>) => void] {
  const query = useSearchParams().toString();
  const filters = readCompanyFilters(query);
  const change = (next: Partial<CompanyFilters>) => {
    const params = new URLSearchParams(query);
    for (const [key, value] of Object.entries({ ...filters, ...next })) {
      if (value === null || value === undefined || value === "" || (key === "order" && value === "asc")) params.delete(key);
      else params.set(key, value);
    }
    window.history.replaceState(null, "", params.size > 0 ? `?${params}` : window.location.pathname);
  };
  return [filters, change];
}
