/** @units milliseconds; a page that nobody looks at is not painted, and starts all the same */
const LONGEST = 100;

/** Resolves once the page as it came, with its frame, has been painted: only then are the windows' scripts worth running. */
export function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST);
  });
}
