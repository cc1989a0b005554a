import { readFileSync, writeFileSync } from 'node:fs';
import type { TSchema } from 'typebox';
import { type AnyRoute, ROUTES } from '../src/agent/api/routes.ts';
import { event } from '../src/agent/api/shapes.ts';
import { TRIAL_ROUTES } from '../src/agent/api/trial-routes.ts';

/** Writes docs/agent-api.md out of the table of routes; `npm run check` tells when it was forgotten. */
const FILE = 'docs/agent-api.md';

/** A schema in the form that JSON Schema gives it. */
type Plain = {
  readonly type?: string;
  readonly anyOf?: readonly Plain[];
  readonly properties?: Readonly<Record<string, Plain>>;
  readonly required?: readonly string[];
  readonly items?: Plain;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly description?: string;
};

/** Faults when the document is not what the table says. */
export function staleApiPage(): readonly string[] {
  return readFileSync(FILE, 'utf8') === agentApiPage() ? [] : [`${FILE} is stale: node tools/generate-agent-api.ts`];
}

export function agentApiPage(): string {
  const events = `## The event stream\n\n${EVENTS}\n\n${fenced(event)}\n`;
  return `${HEAD}\n${rowsOf(ROUTES)}\n\n${partsOf(ROUTES)}\n${events}\n${TRIAL}\n${rowsOf(TRIAL_ROUTES)}\n\n${partsOf(TRIAL_ROUTES)}`;
}

function rowsOf(routes: Readonly<Record<string, AnyRoute>>): string {
  return Object.entries(routes)
    .map(([name, { method, does }]) => `| [\`${method} /api/${name}\`](#${anchorOf(method, name)}) | ${does} |`)
    .join('\n');
}

function partsOf(routes: Readonly<Record<string, AnyRoute>>): string {
  return Object.entries(routes)
    .map(([name, route]) => partOf(name, route))
    .join('\n');
}

const HEAD = `# The agent's local API

Written by \`node tools/generate-agent-api.ts\` out of [the table of routes](../src/agent/api/routes.ts). The windows and the
command line use it through [the typed client](../src/agent/api/client.ts); other programs of the user may use it too.

- It listens on \`127.0.0.1\` only. \`api.json\` in the data folder, which only the user may read, has its address and a token that
  is new with every start; \`Authorization: Bearer TOKEN\` goes with each request.
- A browser gets in by a link that works once and for a minute (\`connector open DIALOG\`, or \`POST /api/open\`). It is exchanged
  for a session: a path of its own, \`/w/…/\`, which nobody can guess, and a cookie that no script can read, that no other site
  is sent, and that no other path is sent either (browsers do not keep the cookies of two ports apart). Below that path lie the
  pages and the API: \`/w/…/history\`, \`/w/…/api/status\`. A session ends with the agent, and when it was not used for 12 hours.
- Refused are requests that name another host (\`API_FORBIDDEN\`), come from another page, on another port of this computer too
  (\`API_FORBIDDEN\`), show neither token nor cookie (\`API_SIGNED_OUT\`), do not fit the schema (\`API_BAD_REQUEST\`), are longer
  than 256 KB (\`API_TOO_LARGE\`) or too many (\`API_BUSY\`). No answer carries a header that would let another origin read it.
- \`GET\` only looks, and takes a query; \`POST\` takes a JSON object with exactly the members of its schema. Answers are JSON; a
  failure has the form \`{"error": {"code", "message", "retry", "after"}}\` with a code of [errors.md](errors.md).
- In the shapes below \`?\` marks what may be left out. Fields may be added to answers; none changes its meaning.

| Route | What it is for |
| --- | --- |`;

const EVENTS = `\`GET /api/events\` stays open and tells what happens as server-sent events, one \`data:\` line of JSON each. The first is
always the status. Whoever was away asks anew; nothing is repeated.`;

const TRIAL = `## The trial's own routes

Out of [their own table](../src/agent/api/trial-routes.ts); only \`connector trial\` has them, for its page. On Outlook's side an act
reaches the emulator as one of the person in front of it; on BlueMind's it goes through the server's REST in a session of the demo
account's own, and nobody is mailed.

| Route | What it is for |
| --- | --- |`;

function partOf(name: string, { method, does, input, answer }: AnyRoute): string {
  const takes = Object.keys(input.properties).length === 0 ? '' : `Takes\n\n${fenced(input)}\n\n`;
  return `## \`${method} /api/${name}\`\n\n${does.charAt(0).toUpperCase()}${does.slice(1)}.\n\n${takes}Answers with\n\n${fenced(answer)}\n`;
}

/** As GitHub makes the anchor of a heading. */
function anchorOf(method: string, name: string): string {
  return `${method} /api/${name}`
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function fenced(schema: TSchema): string {
  return `\`\`\`\n${textOf(schema as Plain, '')}\n\`\`\``;
}

function textOf(schema: Plain, indent: string): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => textOf(one, indent)).join(' | ');
  if (schema.enum !== undefined) return schema.enum.map((one) => `'${one}'`).join(' | ');
  if (schema.const !== undefined) return `'${schema.const}'`;
  if (schema.type === 'array') return `[${textOf(schema.items ?? {}, indent)}]`;
  if (schema.properties !== undefined) return membersOf(schema, indent);
  return schema.type ?? 'anything';
}

function membersOf({ properties = {}, required = [] }: Plain, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, member]) => {
    const said = descriptionOf(member);
    return `${inner}${name}${required.includes(name) ? '' : '?'}: ${textOf(member, inner)}${said === undefined ? '' : `  // ${said}`}`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function descriptionOf(schema: Plain): string | undefined {
  return schema.description ?? schema.anyOf?.find(({ description }) => description !== undefined)?.description;
}

if (import.meta.filename === process.argv[1]) writeFileSync(FILE, agentApiPage());
