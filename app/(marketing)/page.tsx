import Link from "next/link";

export default function LandingPage() {
  return <main><h1>Nexus-Alpha</h1><Link href="/dashboard">Open the dashboard</Link></main>;
}
