import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt: N 2^14, r 8, p 1 takes 16 MB and some 50 ms. The figures stand in the hash, so they may change later. */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const LENGTH = 32;

/**
 * A password as it is stored: `scrypt$N$r$p$salt$key`, the last two in base64.
 * @param cost scrypt's N, of the server's policy
 */
export async function hashPassword(password: string, cost: number): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, { ...COST, N: cost });
  return ['scrypt', cost, COST.r, COST.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/**
 * Whether the password is the stored one; takes as long for an account that does not exist.
 * @param cost scrypt's N where nothing is stored, of the server's policy
 */
export async function passwordFits(password: string, hash: string | undefined, cost: number): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = (hash ?? unknown(cost)).split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false;
  const wanted = Buffer.from(key, 'base64');
  const given = await derive(password, Buffer.from(salt, 'base64'), { N: Number(n), r: Number(r), p: Number(p) });
  return timingSafeEqual(given, wanted) && hash !== undefined;
}

const unknown = (cost: number) =>
  `scrypt$${cost}$${COST.r}$${COST.p}$AAAAAAAAAAAAAAAAAAAAAA==$${Buffer.alloc(LENGTH).toString('base64')}`;

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, LENGTH, { ...cost, maxmem: 64 * 1024 * 1024 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
