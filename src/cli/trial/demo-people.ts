/** Somebody of the demo company's directory. */
export type DemoPerson = {
  readonly uid: string;
  readonly given: string;
  readonly family: string;
  readonly login: string;
  readonly department: string;
  readonly title: string;
  readonly phone: string;
};

export const DEMO_DOMAIN = 'demo.test';

const GIVEN =
  'Alice Bruno Camille Denis Élodie Fabien Gaëlle Hugo Inès Julien Karim Léa Marc Nadia Olivier Paula Quentin Rachel Samuel Tiphaine Ulysse Valérie William Xavier Yasmine'.split(
    ' ',
  );
const FAMILY = 'Martin Bernard Petit Durand Leroy Moreau Garcia Roux Fontaine Chevalier Muller Lefèvre'.split(' ');
const DEPARTMENTS: readonly (readonly [string, readonly string[]])[] = [
  ['Sales', ['Account manager', 'Sales assistant', 'Head of sales']],
  ['Engineering', ['Developer', 'Test engineer', 'Architect', 'Team lead']],
  ['Support', ['Support engineer', 'Support lead']],
  ['Finance', ['Accountant', 'Controller']],
  ['People', ['Recruiter', 'Office manager']],
];

/** The fifty people of the demo directory, always the same ones; the first is the demo account. */
export function demoPeople(): readonly DemoPerson[] {
  return Array.from({ length: 50 }, (_, index) => {
    const given = index === 0 ? 'Jane' : pick(GIVEN, index);
    const family = index === 0 ? 'Doe' : pick(FAMILY, index * 5 + Math.floor(index / GIVEN.length));
    const [department, titles] = pick(DEPARTMENTS, index);
    return {
      uid: `demo-person-${String(index).padStart(2, '0')}`,
      given,
      family,
      login: `${plain(given)}.${plain(family)}`,
      department,
      title: pick(titles, Math.floor(index / DEPARTMENTS.length)),
      phone: `+33 5 61 00 ${String(10 + Math.floor(index / 100))} ${String(index).padStart(2, '0')}`,
    };
  });
}

export function addressOf(person: DemoPerson): string {
  return `${person.login}@${DEMO_DOMAIN}`;
}

export function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase();
}
