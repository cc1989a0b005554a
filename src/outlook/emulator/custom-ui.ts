/** Ribbon XML, as far as its mistakes matter: an error anywhere makes Outlook drop all of it without a word. */

/** Attributes of each control, by id. */
export type CustomUi = ReadonlyMap<string, Readonly<Record<string, string>>>;

const NAMESPACES: readonly string[] = [
  'http://schemas.microsoft.com/office/2009/07/customui',
  'http://schemas.microsoft.com/office/2006/01/customui',
];

/** Elements of the customUI schemas that add-ins use. */
const ELEMENTS = new Set(
  `customUI commands command ribbon tabs tab contextualTabs tabSet group box button toggleButton splitButton menu dynamicMenu
   menuSeparator separator labelControl editBox checkBox comboBox dropDown gallery item buttonGroup dialogBoxLauncher officeMenu qat
   sharedControls documentControls control backstage firstColumn secondColumn primaryItem topItems bottomItems taskGroup taskFormGroup
   category task layoutContainer hyperlink imageControl groupBox radioGroup radioButton contextMenus contextMenu`.split(
    /\s+/,
  ),
);
const TAG = /<(\/?)([A-Za-z]\w*)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>/y;
const ATTRIBUTE = /([\w:]+)="([^"]*)"/g;

/** The controls of a ribbon; undefined when the XML has an error. '' is a ribbon without controls. */
export function readCustomUi(xml: string): CustomUi | undefined {
  const controls = new Map<string, Readonly<Record<string, string>>>();
  const open: string[] = [];
  const source = xml
    .replace(/^\s*<\?xml[^>]*\?>/, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .trim();
  for (let at = 0; at < source.length; ) {
    TAG.lastIndex = at;
    const tag = TAG.exec(source);
    const [, closing, name = '', written = '', selfClosing] = tag ?? [];
    if (tag === null || !ELEMENTS.has(name) || (at > 0 && open.length === 0)) return undefined;
    const attributes = Object.fromEntries([...written.matchAll(ATTRIBUTE)].map(([, key, value]) => [key, value]));
    if (closing === '/') {
      if (open.pop() !== name) return undefined;
    } else {
      if (open.length === 0 && (name !== 'customUI' || !NAMESPACES.includes(attributes.xmlns ?? ''))) return undefined;
      if (selfClosing !== '/') open.push(name);
      const id = attributes.id;
      if (id !== undefined && controls.has(id)) return undefined;
      if (id !== undefined) controls.set(id, attributes as Record<string, string>);
    }
    at = TAG.lastIndex;
    while (/\s/.test(source[at] ?? '')) at++;
  }
  return open.length === 0 ? controls : undefined;
}
