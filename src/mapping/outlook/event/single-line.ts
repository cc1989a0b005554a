/** A line of text as Outlook takes it. @source outlook-calendar.md 1.6 */
export function asSingleLine(text: string): string {
  const line = text.replace(/[\r\n\u2028\u2029]+/g, ' ').replace(/\p{Cc}/gu, '');
  if (line.length <= MOST) return line;
  // Not between the halves of a character outside the basic plane.
  const cut = line.slice(0, MOST);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

const MOST = 255;
