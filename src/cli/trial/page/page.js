// The trial's page: what Outlook shows beside what BlueMind holds, asked from the agent after each change.
const at = (id) => document.getElementById(id);
const base = location.pathname.replace(/[^/]*$/, '');
let folders = [];
let rows = { outlook: [], server: [] };

async function ask(path, body) {
  const options =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`${base}api/${path}`, options);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error?.message ?? `The agent answered ${answer.status}.`);
  return value;
}

function draw() {
  const words = at('find').value.trim().toLowerCase();
  const shown = (side) => rows[side].filter(({ title, when }) => `${title} ${when}`.toLowerCase().includes(words));
  for (const side of ['outlook', 'server']) {
    const others = new Set(rows[side === 'outlook' ? 'server' : 'outlook'].map(({ uid, title }) => `${uid} ${title}`));
    at(`${side}-count`).textContent = String(rows[side].length);
    const lines = shown(side).slice(0, 300);
    at(side).replaceChildren(...(lines.length === 0 ? [emptyLine()] : lines.map((row) => line(row, others))));
  }
}

function line({ uid, title, when }, others) {
  const row = document.createElement('tr');
  if (!others.has(`${uid} ${title}`)) row.className = 'only';
  const cells = [title || '(no title)', when].map((text) => {
    const cell = document.createElement('td');
    cell.textContent = text;
    cell.title = text;
    return cell;
  });
  cells[1].className = 'when';
  row.append(...cells);
  return row;
}

function emptyLine() {
  const row = document.createElement('tr');
  const cell = document.createElement('td');
  cell.className = 'empty';
  cell.textContent = 'Nothing here.';
  row.append(cell);
  return row;
}

function showStatus({ state, progress, last, paused }) {
  at('run').disabled = state === 'running';
  const at_work = progress?.folders.find((folder) => folder.state === 'running');
  at('said').textContent =
    paused !== null
      ? paused.failure.message
      : state === 'running'
        ? `Synchronizing${at_work ? `: ${at_work.name}, ${at_work.done} of ${at_work.total ?? '…'}` : '…'}`
        : last === null
          ? ''
          : (last.failure?.message ?? [`${last.changes} changes in the last run.`, ...last.notes].join(' '));
}

async function refresh() {
  const known = await ask('folders');
  const shown = (all) => JSON.stringify(all.map(({ pair, name, access }) => [pair, name, access]));
  if (shown(known) !== shown(folders)) {
    const chosen = at('pair').value;
    folders = known;
    at('pair').replaceChildren(
      ...folders.map(({ pair, name, access }) => new Option(`${name} (${access})`, pair, false, pair === chosen)),
    );
  }
  if (at('pair').value !== '') rows = await ask(`trial/items?pair=${encodeURIComponent(at('pair').value)}`);
  draw();
}

const told = (error) => {
  at('said').textContent = error.message;
};

const events = new EventSource(`${base}api/events`);
events.onmessage = ({ data }) => {
  const event = JSON.parse(data);
  if (event.kind === 'status') showStatus(event.status);
  if (event.kind === 'changed' && ['items', 'folders'].includes(event.what)) refresh().catch(told);
};
events.onerror = () => told(new Error('The agent does not answer.'));

at('hint').textContent =
  'See what changed with `npm run connector -- status`; act as the Outlook user with `npm run connector -- outlook --help`.';
// The windows as Outlook's File ▸ BlueMind opens them: each of its own size, and the same one again.
document.querySelector('nav').addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const width = link.getAttribute('href') === 'history' ? 1000 : 640;
  if (window.open(link.href, link.target, `popup,width=${width},height=720`) !== null) event.preventDefault();
});
at('run').addEventListener('click', () => ask('run', {}).catch(told));
at('pair').addEventListener('change', () => refresh().catch(told));
at('find').addEventListener('input', draw);
refresh().catch(told);
