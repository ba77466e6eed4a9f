"use client";

import dynamic from "next/dynamic";
import { QueryBoundary } from "@/components/app-shell/query-boundary";
import { DashboardSkeleton } from "./dashboard-skeleton";

// What it draws depends on the device and the graph is large: the server sends the skeleton, the browser asks for the rest once.
const GraphDashboard = dynamic(() => import("./graph-dashboard").then((module) => module.GraphDashboard), { ssr: false, loading: () => <DashboardSkeleton /> });

export function DashboardLoader() {
  return (
    <QueryBoundary fallback={<DashboardSkeleton />}>
      <GraphDashboard />
    </QueryBoundary>
  );
}
