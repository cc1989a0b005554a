import type { Kernel } from '../kernel/kernel.ts';
import { escaped, page } from '../pages/page.ts';
import type { KnownConnector, ReportRow } from '../store/store.ts';

/** Each user's connector: version, last run, errors; and the reports that were sent. Nothing of what is synchronised is known here. */
export function connectorsPage(kernel: Kernel): string {
  const { states, reports } = kernel.store.connectors;
  return page('Connectors', `${statesTable(kernel, states())}<h2>Reports</h2>${reportsTable(kernel, reports())}`);
}

/** `login@domain` of who is known; the uid of who is not any more. */
export function nameOfUser(
  kernel: Kernel,
  { domain, user }: { readonly domain: string; readonly user: string },
): string {
  const entry = kernel.store.people.entry(domain, user);
  return entry?.login === undefined ? user : `${entry.login}@${domain}`;
}

function statesTable(kernel: Kernel, states: readonly KnownConnector[]): string {
  if (states.length === 0) return '<p>No connector has told of itself yet.</p>';
  const rows = states.map((known) => {
    const { version, platform, run, codes } = known.state;
    const cells = [
      ...[nameOfUser(kernel, known), `${version} (${platform})`, time(known.at), time(run.endedAt)],
      ...[run.changes, run.failed, run.held].map(String),
      codes.length === 0 ? 'none' : codes.join(', '),
    ];
    return `<tr>${cells.map((cell) => `<td>${escaped(cell)}`).join('')}</tr>`;
  });
  const heads = ['User', 'Version', 'Last heard of', 'Last run', 'Changes', 'Failed', 'Waiting', 'Errors'];
  return `<table><tr>${heads.map((head) => `<th>${head}`).join('')}</tr>${rows.join('')}</table>`;
}

function reportsTable(kernel: Kernel, reports: readonly ReportRow[]): string {
  if (reports.length === 0) return '<p>Nobody has sent one yet.</p>';
  const rows = reports.map(
    (report) =>
      `<tr><td>${escaped(nameOfUser(kernel, report))}<td>${time(report.at)}<td>${(report.size / 1000).toFixed(1)} KB<td><a href="/admin/connectors/reports/${encodeURIComponent(report.id)}">${escaped(report.id)}</a></tr>`,
  );
  return `<table><tr><th>User<th>Sent<th>Size<th>Number</tr>${rows.join('')}</table>`;
}

function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
