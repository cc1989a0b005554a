import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { Source } from './sources.ts';

/** Sentences, one for each link of a document that leads to no file or heading of the project. */
export function linkFaults(documents: readonly Source[]): readonly string[] {
  return documents.flatMap(({ path, text }) =>
    linksOf(text).flatMap((link) => {
      const [target = '', heading] = link.split('#');
      const file = target === '' ? path : posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(target)));
      if (!existsSync(file)) return [`${path}: the link ${link} leads nowhere`];
      const missing =
        heading !== undefined && file.endsWith('.md') && !headingsOf(readFileSync(file, 'utf8')).has(heading);
      return missing ? [`${path}: ${file} has no heading #${heading}`] : [];
    }),
  );
}

function linksOf(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^[a-z]+:/i.test(link));
}

/** Heading anchors as forges make them: lower case, blanks to dashes, other signs dropped. */
function headingsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6}\s+(.+)$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}
