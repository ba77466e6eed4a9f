import { Building2, CalendarDays, ChartCandlestick, ChartLine, CircuitBoard, Coins, LayoutDashboard, Newspaper, Zap, type LucideIcon } from "lucide-react";

export type NavItem = { id: "dashboard" | "scenarios" | "circuit" | "companies" | "markets" | "crypto" | "macro" | "news" | "calendar"; href: string; icon: LucideIcon; /** Second key of the `g` shortcut. */ key: string };

/** The pages that exist, in the order of the work: see, shake, read. */
export const NAV_ITEMS: readonly NavItem[] = [
  { id: "dashboard", href: "/dashboard", icon: LayoutDashboard, key: "d" },
  { id: "scenarios", href: "/scenarios", icon: Zap, key: "s" },
  { id: "circuit", href: "/circuit", icon: CircuitBoard, key: "c" },
  { id: "companies", href: "/companies", icon: Building2, key: "o" },
  { id: "markets", href: "/markets", icon: ChartCandlestick, key: "k" },
  { id: "crypto", href: "/crypto", icon: Coins, key: "y" },
  { id: "macro", href: "/macro", icon: ChartLine, key: "m" },
  { id: "news", href: "/news", icon: Newspaper, key: "n" },
  { id: "calendar", href: "/calendar", icon: CalendarDays, key: "l" },
];

export const isCurrent = (href: string, pathname: string): boolean => pathname === href || pathname.startsWith(`${href}/`);
