export type CronLine = { pattern: string; timeZone: string };

/** Parts "TZ=Europe/London 0 8 * * *" into zone and pattern; without a zone it is UTC. */
export function readCronLine(text: string): CronLine {
  const match = /^\s*(?:TZ|CRON_TZ)=(\S+)\s+(.*)$/.exec(text);
  return match ? { timeZone: match[1]!, pattern: match[2]!.trim() } : { timeZone: "UTC", pattern: text.trim() };
}
