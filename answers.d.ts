/**
 * What a model has written in Markdown, as WeChat shows it in a text message, where marks would be seen as they are.
 *
 * Headings, emphasis and inline code lose their marks; blocks of code stay as they are, without fences; items of lists
 * begin with `•`, tasks with `☐` or `☑`; of a table each row of two columns is a line, of more a group of lines; links and
 * images become `<a href="…">…</a>`, which WeChat shows as links, those that lead to neither http nor https their text;
 * formulas in LaTeX become characters as far as there are some (`x²`, `≤`, `(a+b)/2`). Text that is no Markdown stays.
 *
 * It takes time in proportion to the length, whatever is in it. Of a text that is still being written call it with all
 * of it, or with whole lines.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when it is given no string.
 */
export function plainText(markdown: string): string;
