/** A small content for the engine's own tests: named text fields, merged field by field. */
import { canonicalJson, digestText } from '../../base/digest.ts';
import type { ContentKit, Merge, MergeInput } from '../content.ts';

export type RecordContent = {
  readonly uid: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
};

/** A content of these fields; empty ones count as absent. */
export function record(fields: Readonly<Record<string, string>>, uid?: string): RecordContent {
  return { uid, fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) };
}

export const recordKit: ContentKit<RecordContent> = {
  digest: (content) => digestText(canonicalJson(content)),
  changedFields: (before, after) =>
    namesOf(before, after).filter((name) => fieldOf(before, name) !== fieldOf(after, name)),
  merge: mergeRecords,
  title: (content) => fieldOf(content, 'title'),
  uid: (content) => content.uid,
  fingerprint: (content) => digestText(canonicalJson(content.fields)),
  withUid: (content, uid) => ({ ...content, uid }),
};

function mergeRecords({ server, outlook, prefer }: MergeInput<RecordContent>): Merge<RecordContent> {
  const conflicts: Merge<RecordContent>['conflicts'][number][] = [];
  const values = { server: { ...server.now.fields }, outlook: { ...outlook.now.fields } };
  for (const name of namesOf(server.base, server.now, outlook.base, outlook.now)) {
    const [atServer, atOutlook] = [fieldOf(server.now, name), fieldOf(outlook.now, name)];
    const changed = {
      server: fieldOf(server.base, name) !== atServer,
      outlook: fieldOf(outlook.base, name) !== atOutlook,
    };
    if (changed.server && changed.outlook && atServer !== atOutlook) conflicts.push({ field: name, winner: prefer });
    const toOutlook = changed.server && (!changed.outlook || prefer === 'server');
    if (toOutlook) values.outlook[name] = atServer;
    else if (changed.outlook) values.server[name] = atOutlook;
  }
  return {
    server: record(values.server, server.now.uid),
    outlook: record(values.outlook, outlook.now.uid),
    conflicts,
  };
}

function namesOf(...contents: readonly RecordContent[]): string[] {
  return [...new Set(contents.flatMap((content) => Object.keys(content.fields)))].sort();
}

function fieldOf(content: RecordContent, name: string): string {
  return content.fields[name] ?? '';
}
