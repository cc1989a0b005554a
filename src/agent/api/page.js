// The trial's page: what Outlook shows beside what BlueMind holds, asked from the agent every few seconds.
const at = (id) => document.getElementById(id);
let pairs = [];
let rows = { outlook: [], server: [] };

async function ask(path, method = 'GET') {
  const answer = await fetch(path, { method });
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

async function refresh() {
  const status = await ask('/api/status');
  if (JSON.stringify(status.pairs) !== JSON.stringify(pairs)) {
    const chosen = at('pair').value;
    pairs = status.pairs;
    at('pair').replaceChildren(...pairs.map(({ id, label }) => new Option(label, id, false, id === chosen)));
  }
  at('said').textContent = status.said;
  at('hint').textContent = status.hint;
  at('run').disabled = status.running;
  if (at('pair').value !== '') rows = await ask(`/api/items?pair=${encodeURIComponent(at('pair').value)}`);
  draw();
}

async function tick() {
  try {
    if (!document.hidden) await refresh();
  } catch (error) {
    at('said').textContent = `The agent does not answer: ${error.message}`;
  }
  setTimeout(tick, 2500);
}

at('run').addEventListener('click', async () => {
  at('run').disabled = true;
  at('said').textContent = 'Synchronizing…';
  try {
    at('said').textContent = (await ask('/api/run', 'POST')).said;
  } catch (error) {
    at('said').textContent = error.message;
  }
  await refresh().catch(() => {});
});
at('pair').addEventListener('change', () => refresh().catch(() => {}));
at('find').addEventListener('input', draw);
tick();
