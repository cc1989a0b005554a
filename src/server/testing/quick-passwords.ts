/** Policy of a server whose passwords need not be kept from anybody: an attempt takes microseconds, as it must not elsewhere. */
export const QUICK_PASSWORDS = { passwordCost: 2 } as const;
