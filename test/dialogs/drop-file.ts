import type { Locator } from 'playwright-core';

/** Lets go of a file over a place of a page, as the mouse does. */
export async function dropFile(place: Locator, name: string, text: string): Promise<void> {
  const dataTransfer = await place.page().evaluateHandle(
    ([called, holds]) => {
      const data = new DataTransfer();
      data.items.add(new File([holds], called));
      return data;
    },
    [name, text] as const,
  );
  await place.dispatchEvent('drop', { dataTransfer });
}
