import { expect, it } from 'vitest';
import { environmentProxy, isLoopback, windowsProxyFor } from './proxy-rules.ts';

const HTTPS = new URL('https://mail.example.org/api');

it('the environment names a proxy for each protocol, and hosts that need none', () => {
  const env = {
    HTTPS_PROXY: 'http://secure:3128',
    http_proxy: 'plain:80',
    NO_PROXY: 'intra, *.lan.example, 10.0.0.1:8443',
  };
  const by = (address: string) => environmentProxy(new URL(address), env);
  expect(by('https://mail.example.org')).toBe('http://secure:3128');
  expect(by('http://mail.example.org')).toBe('http://plain');
  expect(['http://intra', 'https://a.intra', 'https://x.lan.example', 'https://10.0.0.1:8443'].map(by)).toEqual([
    ...['', '', '', ''],
  ]);
  expect([by('https://xintra'), by('https://10.0.0.1')]).toEqual(['http://secure:3128', 'http://secure:3128']);
  expect(environmentProxy(HTTPS, { ...env, NO_PROXY: '*' })).toBe('');
  expect(environmentProxy(HTTPS, { HTTP_PROXY: 'x' })).toBe(undefined);
  expect(environmentProxy(HTTPS, { HTTPS_PROXY: '' })).toBe(undefined);
  expect(environmentProxy(HTTPS, { HTTPS_PROXY: 'http://me:secret@p:8080/' })).toBe('http://me:secret@p:8080');
});

it('Windows names one proxy for all, or one for each protocol; SOCKS counts as none', () => {
  const by = (servers: string, url = HTTPS) => windowsProxyFor(url, { servers, exceptions: '' });
  expect(by('proxy:8080')).toBe('http://proxy:8080');
  expect(by('https://proxy:443')).toBe('https://proxy');
  expect(by('http=a:80;HTTPS=b:8443;socks=c:1080')).toBe('http://b:8443');
  expect(by('http=a:80 https=b:8443', new URL('http://x'))).toBe('http://a');
  expect(by('http=a:80')).toBe('');
  expect(by('http=a:80;proxy:1')).toBe('http://proxy:1');
  expect([by('socks=c:1080'), by('socks://c:1080'), by(''), by('::')]).toEqual(['', '', '', '']);
});

it.each([
  ['mail.example.org', true],
  ['MAIL.Example.ORG', true],
  ['example.org', false],
  ['*.example.org', true],
  ['*.org', true],
  ['m*l.ex*e.org', true],
  ['ma*il.example.org', true],
  ['mail.example.org*mail.example.org', false],
  ['*il.example.org*le.org', false],
  ['*', true],
  ['http://*.example.org', false],
  ['https://*.example.org', true],
  ['mail.example.org:443', true],
  ['mail.example.org:8443', false],
  ['10.*;192.168.*; *.example.org ', true],
  ['<local>', false],
  ['', false],
] as const)('the exception %s is one for https://mail.example.org: %s', (exceptions, isOne) => {
  expect(windowsProxyFor(HTTPS, { servers: 'p:1', exceptions })).toBe(isOne ? '' : 'http://p:1');
});

it('<local> stands for names without a dot', () => {
  const by = (address: string) => windowsProxyFor(new URL(address), { servers: 'p:1', exceptions: '<local>' });
  expect([by('http://bluemind'), by('http://mail.lan'), by('http://10.1.2.3'), by('http://[fe80::1]')]).toEqual([
    ...['', 'http://p:1', 'http://p:1', 'http://p:1'],
  ]);
});

it('this computer is known by all its names', () => {
  expect(['localhost', 'x.localhost', '127.0.0.1', '127.1.2.3', '[::1]'].filter((host) => !isLoopback(host))).toEqual(
    [],
  );
  expect(['127.example.org', 'localhost.example.org', '10.0.0.1'].filter(isLoopback)).toEqual([]);
});
