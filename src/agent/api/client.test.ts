import { expect, it } from 'vitest';
import { Failure } from '../../base/failure.ts';
import { baseOf, fieldOf } from './client.ts';

it('a page of a session asks below its own path, wherever it lies', () => {
  const place = 'a'.repeat(43);
  for (const path of [`/w/${place}/`, `/w/${place}/history`, `/w/${place}/assets/x`])
    expect(baseOf(path)).toBe(`/w/${place}`);
  expect(baseOf('/history')).toBe('');
});

it('[S3] a failure of connecting stands beside the box that it is about', () => {
  const field = (code: string) => fieldOf(new Failure(code, ''));
  expect(field('SERVER_UNKNOWN_HOST')).toBe('server');
  expect(field('LOGIN_REFUSED')).toBe('password');
  expect(field('PROXY_UNREACHABLE')).toBe('proxy');
  expect(field('SERVER_MAINTENANCE')).toBeUndefined();
});
