/** The mark: an N whose ends are two nodes of the graph. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} fill="none" aria-hidden="true">
      <path d="M5 19V5l14 14V5" stroke="var(--text)" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="5" cy="19" r="2.6" fill="var(--node-driver)" />
      <circle cx="19" cy="5" r="2.6" fill="var(--node-company)" />
    </svg>
  );
}
