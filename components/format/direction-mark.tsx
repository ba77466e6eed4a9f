/** Up, down or level: says by its shape what a colour only repeats. */
export function DirectionMark({ direction, className = "size-2" }: { direction: number; className?: string }) {
  return (
    <svg viewBox="0 0 8 8" aria-hidden="true" className={className} fill="currentColor">
      <path d={direction > 0 ? "M4 1 8 7H0z" : direction < 0 ? "M4 7 0 1h8z" : "M0 3h8v2H0z"} />
    </svg>
  );
}
