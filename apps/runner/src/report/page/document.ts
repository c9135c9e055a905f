import { packageVersion } from '../../run/versions.js';
import { html, Html, type Content } from './html.js';
import { PAGE_STYLE } from './pageStyle.js';

/** A page that needs no other file and no network. */
export function document(title: string, body: Content): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="hash-runner ${packageVersion('@hash/runner')}" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Html(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;
  return page.text;
}
