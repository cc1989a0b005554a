import { expect, it } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import pinned from './packages.json' with { type: 'json' };
import { verify } from './packages.ts';

it('the library for Windows is of the version of koffi that the project has', () => {
  expect(pinned['@koromix/koffi-win32-x64'].version).toBe(project.dependencies.koffi);
});

it('a package of other bytes is refused', () => {
  const pin = {
    version: '1.0.0',
    integrity: 'sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==',
  };
  const hello = new TextEncoder().encode('hello');
  verify(hello, pin, 'hello');
  expect(() => verify(hello.subarray(1), pin, 'hello')).toThrow('hello is not the package');
});
