import { describe, expect, test } from 'vitest';
import { bodyOf, crlfFor, htmlFor, htmlOfPlain, htmlText, normalPlain, plainOfHtml, plainText } from './rich-text.ts';

describe('html as plain text', () => {
  test.each([
    ['paragraphs stand apart', '<p>a</p><p>b</p>', 'a\n\nb'],
    ['paragraphs of Outlook do not', '<p class="MsoNormal">a</p>\n<p class=MsoNormal>b</p>', 'a\nb'],
    ['a line end before the end of a block is none', '<div>a<br></div><div><br></div><div>b</div>', 'a\n\nb'],
    ['blanks collapse, also across elements', '\n a  <b> b</b>\n<i>c</i> ', 'a b c'],
    ['references are decoded once', 'x &amp;lt; &eacute;&#233;&#xE9;&#128;&bogus;', 'x &lt; ééé€&bogus;'],
    ['a no-break space stays where one stands alone', 'à 9&nbsp;h', 'à 9\u00a0h'],
    ['runs of them are blanks', '&nbsp; a&nbsp;&nbsp;b&nbsp;', '  a  b'],
    ['lists have marks', '<ul><li>a<li><p>b</p></ul><ol><li>c</li><li>d</li></ol>', '- a\n- b\n1. c\n2. d'],
    ['cells are parted by tabs', '<table><tr><td>a</td>\n<td>b</td></tr><tr><td>c</td></tr></table>', 'a\tb\nc'],
    ['links show where they go', '<a href="https://x.test/?a&amp;b">Join</a> now', 'Join <https://x.test/?a&b> now'],
    ['unless their words say it', '<a href=http://x.test/>x.test</a>', 'x.test'],
    ['pictures are their description', '<img src="cid:1" alt="Our &quot;map&quot;">', 'Our "map"'],
    ['pre keeps its blanks', '<pre>\n a  b\n\n c</pre>d', ' a  b\n\n c\nd'],
    ['scripts, styles and comments are left out', 'a<script>b</script><style>c</style><!-- d --><?xml e?>f', 'af'],
    ['what is no tag is text', '1 < 2 <3 a<b', '1 < 2 <3 a<b'],
    ['a bracket in an attribute ends no tag', '<a title="x>y">z</a>', 'z'],
    ['a quote that is never closed hides nothing', '<p title="x>a</p><p>b</p>', 'a\n\nb'],
  ])('%s', (_, html, plain) => {
    expect(plainOfHtml(html)).toBe(plain);
  });

  test('the body of a document is what stands inside', () => {
    expect(bodyOf('<html><head><title>t</title></head><BODY class="x"> <p>a</p> </Body></html>')).toBe('<p>a</p>');
    expect(bodyOf('<p>a</p>')).toBe('<p>a</p>');
    expect(bodyOf('<body>a')).toBe('a');
  });
});

describe('plain text', () => {
  test('becomes html that shows the same', () => {
    expect(htmlOfPlain('  a  b\r\n<c> & "d"\te')).toBe('&nbsp; a &nbsp;b<br>&lt;c&gt; &amp; &quot;d&quot;&#9;e');
  });

  test('[H30] is rid of what a server cannot store', () => {
    expect(normalPlain('a\u0000\u0007b\ud800c \r\n\u000bd\u00a0 \n\n')).toBe('ab\ufffdc\n\nd');
  });

  test('[H30] html that already says the words keeps its formatting', () => {
    expect(htmlFor(plainText('Hello'), '<b>Hello</b>')).toBe('<b>Hello</b>');
    expect(htmlFor(plainText('Bye'), '<b>Hello</b>')).toBe('Bye');
    expect(htmlFor(htmlText('<i>Hello</i>'), '<b>Hello</b>')).toBe('<i>Hello</i>');
    expect(htmlFor(plainText(''), '<b>Hello</b>')).toBe('');
  });

  test('[H30] plain text that already says the words is left as it is', () => {
    expect(crlfFor(plainText('a\nb'), 'a \r\nb\r\n\r\n')).toBe('a \r\nb\r\n\r\n');
    expect(crlfFor(plainText('a\nc'), 'a \r\nb')).toBe('a\r\nc');
  });
});
