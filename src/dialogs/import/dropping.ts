import { useEffect, useRef, useState } from 'react';

/**
 * Files let go of anywhere on the window. While they are not wanted nothing happens to them: a browser would leave the window and show them.
 * @returns whether files are held over it
 */
export function useDropping(wanted: boolean, onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const now = useRef({ wanted, onFiles });
  now.current = { wanted, onFiles };
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const dragged = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(now.current.wanted);
    };
    // From one place of the window to another it stays over the window.
    const left = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const dropped = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (now.current.wanted) now.current.onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const heard = new AbortController();
    addEventListener('dragover', dragged, { signal: heard.signal });
    addEventListener('dragleave', left, { signal: heard.signal });
    addEventListener('drop', dropped, { signal: heard.signal });
    return () => heard.abort();
  }, []);
  return over;
}
