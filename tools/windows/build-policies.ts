/**
 * The templates for Windows' group policies, out of the list that the agent obeys: `BlueMindConnector.admx`, and its words in English
 * and French. They go into `PolicyDefinitions` (docs/admin.md). @source "Group Policy ADMX Syntax Reference Guide", Microsoft
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICY_KEY } from '../../src/agent/find-policies.ts';
import { POLICIES, type Policy } from '../../src/agent/policies.ts';

const LANGUAGES = { 'en-US': 'en', 'fr-FR': 'fr' } as const;

export function writePolicyFiles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'BlueMindConnector.admx'), admx());
  for (const [tag, language] of Object.entries(LANGUAGES)) {
    mkdirSync(join(folder, tag), { recursive: true });
    writeFileSync(join(folder, tag, 'BlueMindConnector.adml'), adml(language));
  }
}

export function admx(): string {
  return lines([
    '<?xml version="1.0" encoding="utf-8"?>',
    '<policyDefinitions revision="1.0" schemaVersion="1.0">',
    '  <policyNamespaces>',
    '    <target prefix="bluemind" namespace="BlueMind.Connector" />',
    '    <using prefix="windows" namespace="Microsoft.Policies.Windows" />',
    '  </policyNamespaces>',
    '  <resources minRequiredRevision="1.0" />',
    '  <supportedOn><definitions><definition name="Supported" displayName="$(string.Supported)" /></definitions></supportedOn>',
    '  <categories><category name="Connector" displayName="$(string.Connector)" /></categories>',
    '  <policies>',
    ...POLICIES.flatMap(policyLines),
    '  </policies>',
    '</policyDefinitions>',
  ]);
}

function policyLines({ name, shape }: Policy): string[] {
  const words = `displayName="$(string.${name})" explainText="$(string.${name}_About)" presentation="$(presentation.${name})"`;
  const element = () => {
    switch (shape.kind) {
      case 'address':
        return [`        <text id="${name}_Value" valueName="${name}" required="true" maxLength="300" />`];
      case 'number':
        return [
          `        <decimal id="${name}_Value" valueName="${name}" required="true" minValue="${shape.least}" maxValue="${shape.most}" />`,
        ];
      case 'choice':
        return [
          `        <enum id="${name}_Value" valueName="${name}" required="true">`,
          ...shape.of.map(
            (value) =>
              `          <item displayName="$(string.${name}_${value})"><value><string>${value}</string></value></item>`,
          ),
          '        </enum>',
        ];
    }
  };
  return [
    `    <policy name="${name}" class="Both" ${words} key="${POLICY_KEY}">`,
    '      <parentCategory ref="Connector" />',
    '      <supportedOn ref="Supported" />',
    '      <elements>',
    ...element(),
    '      </elements>',
    '    </policy>',
  ];
}

const COMMON = {
  en: { Connector: 'BlueMind Connector for Outlook', Supported: 'BlueMind Connector for Outlook 0.1 and later' },
  fr: { Connector: 'BlueMind Connector for Outlook', Supported: 'BlueMind Connector for Outlook 0.1 et suivants' },
} as const;

export function adml(language: 'en' | 'fr'): string {
  const texts = POLICIES.flatMap(({ name, shape, words }) => [
    [name, words[language].title],
    [`${name}_About`, words[language].about],
    ...(shape.kind === 'choice' ? shape.of.map((value) => [`${name}_${value}`, value]) : []),
  ]);
  return lines([
    '<?xml version="1.0" encoding="utf-8"?>',
    '<policyDefinitionResources revision="1.0" schemaVersion="1.0">',
    `  <displayName>${COMMON[language].Connector}</displayName>`,
    '  <description></description>',
    '  <resources>',
    '    <stringTable>',
    ...[...Object.entries(COMMON[language]), ...texts].map(
      ([id = '', text = '']) => `      <string id="${id}">${escaped(text)}</string>`,
    ),
    '    </stringTable>',
    '    <presentationTable>',
    ...POLICIES.map((policy) => `      ${presentation(policy, language)}`),
    '    </presentationTable>',
    '  </resources>',
    '</policyDefinitionResources>',
  ]);
}

function presentation({ name, shape, words }: Policy, language: 'en' | 'fr'): string {
  const title = escaped(words[language].title);
  const control = {
    address: `<textBox refId="${name}_Value"><label>${title}</label></textBox>`,
    number: `<decimalTextBox refId="${name}_Value" defaultValue="${shape.kind === 'number' ? shape.fallback : 0}">${title}</decimalTextBox>`,
    choice: `<dropdownList refId="${name}_Value" noSort="true" defaultItem="0">${title}</dropdownList>`,
  }[shape.kind];
  return `<presentation id="${name}">${control}</presentation>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** As Windows ends lines. */
function lines(all: readonly string[]): string {
  return `${all.join('\r\n')}\r\n`;
}
