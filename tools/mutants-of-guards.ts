/** The guards of the engine, each as the change that skips it; `from` stands once in `file`. */

export type GuardMutant = {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests?: readonly (readonly string[])[];
};

const at = (file: string, ...mutants: readonly (readonly [name: string, from: string, to: string])[]): GuardMutant[] =>
  mutants.map(([name, from, to]) => ({ name, file: `src/sync/${file}.ts`, from, to }));

const inFile = (
  file: string,
  tests: readonly string[],
  ...of: readonly (readonly [string, string, string])[]
): GuardMutant[] => of.map(([name, from, to]) => ({ name, file, from, to, tests: [tests] }));

export const GUARDS: readonly GuardMutant[] = [
  ...at(
    'policies',
    [
      '[P1] a folder that may only be read',
      "if (!policy.writable[write.on]) return { content: write.now, rule: 'P1' };",
      '',
    ],
    [
      '[P2] a protected item',
      'const content = policy.permit?.(write) ?? write.wanted;',
      'const content = write.wanted;',
    ],
    [
      '[P3] what may not be deleted',
      'return policy.writable[on] && (policy.removable?.(on, content) ?? true);',
      'return true;',
    ],
    ['[G1] the count', 'count > limits.count && ', ''],
    ['[G1] the share', ' && count > total * limits.share', ''],
    ['[G1] altogether', "? 'G1' : undefined", '? undefined : undefined'],
    ['[G2] emptying', "if (total > GUARD_ALL && count >= total) return 'G2';", ''],
    ['[P6] agreed deletions', "return input.decisions.get(action.key) === 'apply';", 'return false;'],
    ['[E3] what was refused', 'return digest !== undefined && digest === kit.digest(content);', 'return false;'],
    ['[P2] half of a restricted merge', 'if (restricted && refusing === second.on) return [];', ''],
  ),
  ...at(
    'look',
    ['[G4] a lost bookmark', "lost ? 'G4' : ", ''],
    ['[G3] too few', 'shrunk(view, known) || emptied', 'emptied'],
    ['[G3] nothing at all', 'shrunk(view, known) || emptied(side, view, known)', 'shrunk(view, known)'],
    ['[G4] revs of a server played back', 'withoutRevs(known), undefined, signal)', 'known, undefined, signal)'],
    [
      '[E5] one unreadable item',
      'if (!isFailure(error) || item === undefined || unreadable.has(item)) throw error;',
      'throw error;',
    ],
    [
      '[S11] open links are looked at again',
      '...unsettled.map((row) => row.id), ...open',
      '...unsettled.map((row) => row.id)',
    ],
    ['[S11] unsettled items are looked at again', '...unsettled.map((row) => row.id), ...open', '...open'],
  ),
  ...at(
    'effect',
    [
      '[S10] one more look before an unguarded write',
      'if (rev === intent.target.rev) return undefined;',
      'return undefined;',
    ],
    [
      '[R6] an unguarded write that nobody foresaw',
      'if (triedBefore || foreseen(kit, side, intent.sent, now))',
      'if (true)',
    ],
    ['[S1] history of what went away', "&& result.failure.code !== 'GONE'", ''],
  ),
  ...at(
    'decide',
    ['[E5] unreadable', "if (server.kind === 'unreadable' || outlook.kind === 'unreadable') return 'E5';", ''],
    ['[G4] doubted on the server', "if (server.kind === 'doubted') return server.rule;", ''],
    ['[G3] doubted in Outlook', "return outlook.kind === 'doubted' ? outlook.rule : undefined;", 'return undefined;'],
    [
      '[P5] new where nothing may be written',
      "if (!input.policy.writable[on]) return { ...heldNew(items, { rule: 'P5', title }), do: 'create', on };",
      '',
    ],
    [
      '[P3] undone deletion',
      "if (!mayRemove(input.policy, on, item.content)) return createFrom(at, { from: on, item, rule: 'P3' });",
      '',
    ],
    [
      '[P6] refused deletion',
      "if (input.decisions.get(link.key) === 'undo') return createFrom(at, { from: on, item, rule: 'P6' });",
      '',
    ],
    ['[P8] a contested field', 'if (settled && contested && mustAsk(input, key))', 'if (false)'],
    [
      '[P8] the answer',
      'preferred(input.decisions.get(key)) ?? input.policy.prefer;\n  const meeting = { key, fresh: false',
      'input.policy.prefer;\n  const meeting = { key, fresh: false',
    ],
    ['[P9] deletions that win', 'if (input.policy.deletionWins && ', 'if (false && '],
    [
      '[R1] a copied token',
      "from === 'server' && (item.token === link.token || item.token === item.id)",
      "from === 'server'",
    ],
  ),
  ...at(
    'pairing',
    ['[L4] several that could be meant', '|| server.length > 1 || outlook.length > 1', ''],
    ['[L6] fewer items than links that could be meant', 'if (alike.length > unchanged.length) continue;', ''],
    ['[L6] several links that could be meant', 'looks.get(look) ?? (rivals.length === 1 ? heirs : [])', 'heirs'],
    ['[L6] links whose items look the same', 'looks.get(look) ?? (rivals', '(rivals'],
  ),
  ...at('plan', [
    '[L5] a copy',
    'copy = item.token !== undefined && (input.tokensInUse.has(item.token) || seen.has(item.token))',
    'copy = false',
  ]),
  ...at('echo', ['[G6] a change that comes back', 'if (echoes.length === 0) return plan;', 'return plan;']),
  ...at(
    'meet',
    [
      '[P7] protected on both sides',
      "!== undefined) return 'protected';\n  const wish",
      "=== null) return 'protected';\n  const wish",
    ],
    [
      '[P2] the restricted side is written first',
      "const first = wish.restricted ?? 'server';",
      "const first = 'server' as SideName;",
    ],
  ),
  ...at(
    'execute',
    [
      '[T3] a second half on sand',
      "if ('failure' in result || state.link(key)?.open?.why === 'half') return result;",
      'return result;',
    ],
    ['a cancellation between batches', 'throwIfCancelled(engine.signal);', ''],
    ['[E1] what was not done is seen again', 'done.unsettled.push(...unsettledItems(action.items, rule));', ''],
  ),
  ...at(
    'recover',
    [
      '[R2] a creation nobody foresaw',
      'asForeseen(engine, intent, item) ?? unbased(engine.kit, intent, item)',
      'settled(engine.kit, intent, item)',
    ],
    [
      '[R9] a side that was played back',
      'return state.cursor(on) === DISTRUSTED && kit.digest(item.content) !== before;',
      'return false;',
    ],
    ['[R9] a deletion that did not land', 'state.cursor(on) === DISTRUSTED && ', ''],
    ['[R3] an item of another link', '(taken.get(item.id) ?? intent.key) === intent.key', 'true'],
    ['[R5] a write that did not land', 'if (engine.kit.digest(item.content) === intent.before) return undefined;', ''],
    [
      '[R6] a write nobody foresaw',
      "{ do: 'settle', link: doubted(old, intent) }",
      "{ do: 'settle', link: settled(engine.kit, intent, item) }",
    ],
    [
      '[R8] a deletion that landed',
      "if (item === undefined) return { do: 'forget' };",
      'if (item === undefined) return drop;',
    ],
    ['[R1] one item for two intents', 'found.filter((item) => !answering.has(item.id))', 'found'],
    [
      '[R10] an unreadable item',
      "item === 'unreadable' ? { do: 'keep' } : answerTo(engine, intent, item)",
      "answerTo(engine, intent, item === 'unreadable' ? undefined : item)",
    ],
  ),
  ...at(
    'run',
    ['recovery', 'recovered = await recover(run);', 'recovered = 0;'],
    ['[R10] nothing is decided about a kept intent', 'if (intents.length === 0) return views;', 'return views;'],
    ['[L5] marks', 'await markItems(run, run.policy.writable);', ''],
  ),
  ...at('unsettled', [
    '[E3] the digest of what was refused',
    'row.side === from ? { ...row, refused: held.refused } : row',
    'row',
  ]),
  ...inFile(
    'src/bluemind/side.ts',
    ['side-contract', 'side', 'world.property'].map((name) => `src/bluemind/${name}.test.ts`),
    ['[S10] the version compared before a write', 'return rev === target.rev', 'return rev !== null'],
    ['[T4] what came and went', 'if (missing.length === 0) return [];', 'return [];'],
    ['[G4] a version below ours', 'bookmark.version > version || ', ''],
  ),
  ...inFile(
    'src/outlook/side-effects.ts',
    ['src/outlook/side-contract.test.ts', 'src/outlook/side.test.ts'],
    ['[S10] the revision compared before a write', 'if (!isSame(read.value.snapshot, rev))', 'if (false)'],
  ),
  ...inFile(
    'src/sync/run.ts',
    ['test/end-to-end/moved.test.ts'],
    ['[H24] deletions that wait', 'if (postpone === undefined) return {', 'if (Number(postpone?.length) < 9) return {'],
  ),
  ...inFile(
    'src/sync/decide.ts',
    ['test/end-to-end/moved.test.ts'],
    [
      '[H24] what only the server held',
      'if (was === undefined || was.open',
      'if (true || was === undefined || was.open',
    ],
  ),
  ...inFile(
    'src/agent/left-alone.ts',
    ['src/agent/left-alone.test.ts'],
    ['[A4] items from before', 'items.filter(({ id }) => !hidden.has(id))', '[...items]'],
  ),
];
