import type { Room } from './check-imports.ts';
import type { Source } from './sources.ts';

/** House-style rules that no linter knows: sizes, and where time and chance may come from (house-style 4 and 6). */
export function houseFaults(rooms: readonly Room[], files: readonly Source[]): readonly string[] {
  return files
    .filter(({ path }) => !path.includes('.generated.'))
    .flatMap((file) => [...tooLong(file), ...impure(rooms, file), ...switchedOff(file)]);
}

const MOST_LINES = 500;

function tooLong({ path, text }: Source): string[] {
  const lines = text.split('\n').length;
  return lines > MOST_LINES ? [`${path}: ${lines} lines, ${MOST_LINES} at the most`] : [];
}

function impure(rooms: readonly Room[], { path, text }: Source): string[] {
  const inside = path.replace(/^src\//, '');
  const isPure = rooms.some(({ name, pure }) => pure && (inside.startsWith(`${name}/`) || inside === `${name}.ts`));
  if (!isPure || /\.test\.ts$|\/testing\//.test(path)) return [];
  return ['Date.now(', 'Math.random(', 'new Date()', 'Temporal.Now']
    .filter((word) => text.includes(word))
    .map((word) => `${path}: ${word} in a pure room`);
}

function switchedOff({ path, text }: Source): string[] {
  return path.endsWith('.test.ts') && /\b(it|test|describe)\.(only|todo|fails|skip)\(/.test(text)
    ? [`${path}: a test is switched off`]
    : [];
}
