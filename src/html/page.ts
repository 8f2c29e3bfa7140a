/** A page as one file: its data, its code and its style, and a policy that lets in nothing else. Pure: what goes in decides every byte. */
import { createHash } from 'node:crypto'
import type { PageData } from './page-data.js'

/** What the build has made of `browser/`. */
export interface PageCode {
  readonly script: string
  readonly style: string
}

/** @param connects where the page may send requests to, as a source of its policy: `'none'` or `'self'` */
export function pageOf(data: PageData, { script, style }: PageCode, connects: "'none'" | "'self'" = "'none'"): string {
  const policy = `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; connect-src ${connects}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(titleOf(data))}</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript>This page needs JavaScript. It asks no network for anything.</noscript>
<script type="application/json" id="data">${inScript(JSON.stringify(data))}</script>
<script>${script}</script>
</body>
</html>
`
}

function titleOf({ runs, live }: PageData): string {
  if (live !== undefined) return `${live.scenario}: explore`
  const [only, ...others] = runs
  return only !== undefined && others.length === 0 ? `${only.id}: ${only.verdict}` : `swapcheck: ${runs.length} scenarios`
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** No text of the data ends the element that it is in. */
function inScript(json: string): string {
  return json.replaceAll('<', '\\u003c')
}
