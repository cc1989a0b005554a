import type { Static } from 'typebox';
import { VCard } from './addressbook.ts';
import { flag, list, mapOf, maybe, primitive, shape, text, whole, word } from './schema.ts';

/** The state of the installation; connectors check it before anything else. */
export const SYSTEM_STATES = [
  'CORE_STATE_STARTING',
  'CORE_STATE_RUNNING',
  'CORE_STATE_MAINTENANCE',
  'CORE_STATE_DEMOTED',
  'CORE_STATE_NOT_INSTALLED',
  'CORE_STATE_UPGRADE',
  'CORE_STATE_CLONING',
  'CORE_STATE_STOPPING',
  'CORE_STATE_UNKNOWN',
] as const;
export type SystemState = (typeof SYSTEM_STATES)[number];

export const PublicInfos = shape(
  { defaultDomain: maybe(text), softwareVersion: maybe(text), releaseName: maybe(text) },
  'PublicInfos',
);
export type PublicInfos = Static<typeof PublicInfos>;

export const InstallationVersion = shape(
  {
    databaseVersion: maybe(text),
    softwareVersion: maybe(text),
    versionName: maybe(text),
    needsUpgrade: primitive(flag, false),
  },
  'InstallationVersion',
);
export type InstallationVersion = Static<typeof InstallationVersion>;

/** A mail address of an account. */
export const Email = shape(
  { address: maybe(text), allAliases: primitive(flag, false), isDefault: primitive(flag, false) },
  'Email',
);
export type Email = Static<typeof Email>;

/** An account, as far as a client is told. `mailboxCopyGuid` changes when its data was restored: local caches are then void. */
export const User = shape(
  {
    login: maybe(text),
    emails: maybe(list(Email), []),
    contactInfos: maybe(VCard),
    mailboxCopyGuid: maybe(text),
    archived: primitive(flag, false),
    hidden: primitive(flag, false),
    system: primitive(flag, false),
    routing: maybe(word(['internal', 'external', 'none'])),
    accountType: maybe(word(['FULL', 'SIMPLE', 'FULL_AND_VISIO'])),
    dataLocation: maybe(text),
    orgUnitUid: maybe(text),
    password: maybe(text),
    passwordMustChange: primitive(flag, false),
    passwordNeverExpires: primitive(flag, false),
    properties: maybe(mapOf(text), {}),
    quota: maybe(whole),
  },
  'User',
);
export type User = Static<typeof User>;

/** Who a session belongs to. */
export const AuthUser = shape(
  {
    uid: maybe(text),
    domainUid: maybe(text),
    displayName: maybe(text),
    value: maybe(User),
    roles: maybe(list(text), []),
    rolesByOU: maybe(mapOf(list(text)), {}),
    settings: maybe(mapOf(text), {}),
  },
  'AuthUser',
);
export type AuthUser = Static<typeof AuthUser>;

/** HTTP is 200 for all three states; `Expired` gives a session that may only change the password. */
export const LoginResponse = shape(
  {
    status: word(['Ok', 'Bad', 'Expired']),
    message: maybe(text),
    authKey: maybe(text),
    latd: maybe(text),
    authUser: maybe(AuthUser),
  },
  'LoginResponse',
);
export type LoginResponse = Static<typeof LoginResponse>;

export const ValidationKind = word(['TOKEN', 'PASSWORD', 'PASSWORDEXPIRED', 'NONE', 'ARCHIVED']);
export type ValidationKind = Static<typeof ValidationKind>;

/** A long-lived key: works as session id and as password. */
export const APIKey = shape(
  { sid: maybe(text), displayName: maybe(text), subject: maybe(text), domainUid: maybe(text) },
  'APIKey',
);
export type APIKey = Static<typeof APIKey>;

export const ChangePassword = shape({ currentPassword: maybe(text), newPassword: maybe(text) }, 'ChangePassword');
export type ChangePassword = Static<typeof ChangePassword>;
