import { faults } from './faults.ts';

export interface PlannedPage {
  number: number;
  /** Index of its host. */
  host: number;
  path: string;
  /** Its name in `faults`; null for a page that has nothing wrong. */
  fault: string | null;
}

export const hostCount = 50;
export const pageCount = 3000;

/** One page in twenty has a fault, each kind as often as the others, spread over the hosts. */
export function planPages(): PlannedPage[] {
  const names = Object.keys(faults);
  return Array.from({ length: pageCount }, (_, number) => {
    const isFaulty = number % 20 === 7;
    const fault = isFaulty ? (names[Math.floor(number / 20) % names.length] ?? null) : null;
    const prefix = fault === null ? '' : (faults[fault]?.path ?? '');
    // A row of pages over all hosts, then the next, each begun at another host.
    const usual = (number + Math.floor(number / hostCount)) % hostCount;
    // Only a host with a robots.txt closes anything.
    const host = prefix !== '' && robotsTxt(usual) === null ? usual + 1 : usual;
    return { number, host, path: `${prefix}/page/${number}`, fault };
  });
}

export function hostAddress(host: number): string {
  return `127.60.1.${host + 2}`;
}

/** Some sites ask crawlers to take their time, in seconds. */
export function crawlDelay(host: number): number | null {
  return hasRobots(host) && host % 10 === 3 ? 1 : null;
}

/** What robots.txt says; null where there is none. */
export function robotsTxt(host: number): string | null {
  if (!hasRobots(host)) return null;
  const delay = crawlDelay(host);
  const lines = ['User-agent: *', 'Disallow: /closed'];
  if (delay !== null) lines.push(`Crawl-delay: ${delay}`);
  return `${lines.join('\n')}\n`;
}

function hasRobots(host: number): boolean {
  return host % 7 !== 5;
}
