import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('html', () => {
  it('escapes text, in elements and in attributes', () => {
    const name = `<b title="x">Tom & 'Jerry'</b>`;
    expect(html`<p title="${name}">${name}</p>`.text).toBe(
      '<p title="&#60;b title=&#34;x&#34;&#62;Tom &#38; &#39;Jerry&#39;&#60;/b&#62;">' +
        '&#60;b title=&#34;x&#34;&#62;Tom &#38; &#39;Jerry&#39;&#60;/b&#62;</p>',
    );
  });

  it('keeps markup, joins lists, leaves out what is undefined', () => {
    const items = ['a', 2].map((item) => html`<b>${item}</b>`);
    expect(html`<p>${items}${undefined}</p>`.text).toBe('<p><b>a</b><b>2</b></p>');
  });
});
