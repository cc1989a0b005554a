/** CY and DECIMAL: whole numbers with a decimal point in them, here as text, because a number of JavaScript cannot hold them. */

/** `-1234.5` with at most `scale` digits after the point → -12345000n for the scale 4. */
export function scaled(text: string, scale: number): bigint {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole === '' || fraction.length > scale) throw new Error('bug: this is no decimal number of that many digits');
  return BigInt(`${sign}${whole}${fraction.padEnd(scale, '0')}`);
}

/** The other way, without needless zeroes: -12345000n with the scale 4 → `-1234.5`. */
export function unscaled(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - scale);
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' || scale === 0 ? '' : `.${fraction}`}`;
}

/** Digits after the point. */
export function scaleOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}
