/**
 * A fenced block of a Markdown document.
 *
 * @typedef {object} Block
 * @property {string} language  the first word after the fence; '' where there is none
 * @property {readonly string[]} words  the other words, without `file=...`
 * @property {string | undefined} file  of `file=...`: where the block belongs
 * @property {string} text  ends in a line feed
 * @property {number} line  of the opening fence, from 1
 */

/**
 * The fenced blocks of a document, in order.
 *
 * @param {string} markdown
 * @returns {Block[]}
 */
export function markdownBlocks(markdown) {
  const blocks = [];
  let open;
  for (const [i, line] of markdown.split('\n').entries()) {
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (open === undefined && fence !== null) {
      const [language = '', ...words] = fence[2].trim().split(/\s+/);
      const file = words.find((word) => word.startsWith('file='))?.slice('file='.length);
      open = {
        fence: fence[1],
        lines: [],
        block: { language, words: words.filter((word) => !word.includes('=')), file },
      };
      blocks.push({ ...open.block, line: i + 1, lines: open.lines });
    } else if (open !== undefined && line === open.fence) open = undefined;
    else open?.lines.push(line);
  }
  return blocks.map(({ lines, ...block }) => ({ ...block, text: lines.map((line) => `${line}\n`).join('') }));
}
