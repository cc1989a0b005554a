import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { runs } from '../../base/testing/runs.ts';
import { type Picture, readPicture, shrink } from '../../node/pictures/picture.ts';
import { isPng, writePng } from '../../node/pictures/png.ts';
import { iconOf, photoFrom } from './photo.ts';

function noise(width: number, height: number): Picture {
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0, state = 7; i < rgba.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    rgba[i] = i % 4 === 3 ? 255 : state >> 16;
  }
  return { width, height, rgba };
}

/** A PNG from raw rows with their filter bytes. */
function png(
  kind: { width: number; height: number; depth: number; color: number; interlaced?: boolean },
  raw: number[],
  more: [string, number[]][] = [],
) {
  const word = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const chunk = (type: string, content: Iterable<number>) => {
    const bytes = [...content];
    return [...word(bytes.length), ...Buffer.from(type), ...bytes, 0, 0, 0, 0];
  };
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10],
    ...chunk('IHDR', [
      ...word(kind.width),
      ...word(kind.height),
      kind.depth,
      kind.color,
      0,
      0,
      kind.interlaced ? 1 : 0,
    ]),
    ...more.flatMap(([type, content]) => chunk(type, content)),
    ...chunk('IDAT', deflateSync(Uint8Array.from(raw))),
    ...chunk('IEND', []),
  ]);
}

describe('PNG', () => {
  test('what was written is read again', () => {
    const picture = noise(13, 7);
    expect(readPicture(writePng(picture))).toEqual(picture);
  });

  test('every filter is undone', () => {
    const raw = [0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 9, 9, 9, 4, 5, 5, 5];
    const read = readPicture(png({ width: 3, height: 5, depth: 8, color: 0 }, raw));
    const grey = [1, 2, 3, 1, 2, 3, 2, 3, 4, 10, 15, 18, 15, 20, 25];
    expect(read?.rgba.filter((_, index) => index % 4 === 0)).toEqual(Uint8Array.from(grey));
  });

  test('palettes, small depths and transparent colours are read', () => {
    const palette: [string, number[]][] = [
      ['PLTE', [1, 2, 3, 4, 5, 6]],
      ['tRNS', [255, 0]],
    ];
    expect(readPicture(png({ width: 3, height: 1, depth: 1, color: 3 }, [0, 0b010_00000], palette))?.rgba).toEqual(
      Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 0, 1, 2, 3, 255),
    );
    expect(
      readPicture(png({ width: 2, height: 1, depth: 16, color: 0 }, [0, 0x80, 0, 1, 1], [['tRNS', [1, 1]]]))?.rgba,
    ).toEqual(Uint8Array.of(128, 128, 128, 255, 1, 1, 1, 0));
    expect(readPicture(png({ width: 1, height: 1, depth: 8, color: 4 }, [0, 9, 8]))?.rgba).toEqual(
      Uint8Array.of(9, 9, 9, 8),
    );
    expect(readPicture(png({ width: 1, height: 1, depth: 8, color: 2 }, [0, 9, 8, 7]))?.rgba).toEqual(
      Uint8Array.of(9, 8, 7, 255),
    );
  });

  test('an interlaced picture is put together', () => {
    const raw = [0, 1, 0, 2, 0, 3, 4];
    expect(
      readPicture(png({ width: 2, height: 2, depth: 8, color: 0, interlaced: true }, raw))?.rgba.filter(
        (_, i) => i % 4 === 0,
      ),
    ).toEqual(Uint8Array.of(1, 2, 3, 4));
  });
});

describe('photos', () => {
  test('[AB32] a JPEG becomes PNG', () => {
    const jpeg = encode({ width: 40, height: 20, data: noise(40, 20).rgba }, 90).data;
    const kept = photoFrom(jpeg);
    expect(isPng(kept)).toBe(true);
    expect(readPicture(kept)).toMatchObject({ width: 40, height: 20 });
  });

  test('[AB32] a large photo is made smaller until it takes less than a megabyte', () => {
    const kept = photoFrom(writePng(noise(900, 600)));
    expect(kept.length).toBeLessThan(1_000_000);
    expect(kept.length).toBeGreaterThan(500_000);
  });

  test('[AB33] what is no picture is INVALID_PARAMETER, too much of anything ENTITY_TOO_LARGE', () => {
    const code = (value: string) => expect.objectContaining({ code: value });
    for (const bytes of [
      new Uint8Array(),
      Buffer.from('GIF89a'),
      Buffer.from([0xff, 0xd8, 1, 2]),
      png({ width: 99_999, height: 99_999, depth: 8, color: 6 }, []),
    ])
      expect(() => photoFrom(bytes)).toThrowError(code('INVALID_PARAMETER'));
    expect(() => photoFrom(new Uint8Array(10_000_001))).toThrowError(code('ENTITY_TOO_LARGE'));
  });

  test('[AB34] an icon is 22 pixels wide or high and keeps the proportions', () => {
    const icon = iconOf(writePng(noise(100, 50)));
    expect(icon === null ? null : readPicture(icon)).toMatchObject({ width: 22, height: 11 });
    expect(iconOf(Buffer.from('no picture'))).toBeNull();
  });

  test('shrinking takes the mean', () => {
    const rgba = Uint8Array.of(0, 0, 0, 255, 100, 100, 100, 255, 200, 200, 200, 255, 100, 100, 100, 255);
    expect(shrink({ width: 2, height: 2, rgba }, 1, 1).rgba).toEqual(Uint8Array.of(100, 100, 100, 255));
  });

  test('any bytes behind the marks of a picture are read or refused', () => {
    const start = fc.constantFrom(
      [0xff, 0xd8, 0xff],
      [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82],
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (mark, bytes) => {
        readPicture(Uint8Array.from([...mark, ...bytes]));
      }),
      runs(200),
    );
  });
});
