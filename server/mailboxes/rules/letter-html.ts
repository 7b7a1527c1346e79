import { filled } from '../../notes/rules/fill-names.ts'
import { tidy } from './fill-template.ts'
import { escapedText } from '../../platform/rules/escaped-text.ts'

/** Both forms of a letter (RFC 2046, 5.1.4). */
export interface LetterHtml {
  text: string
  html: string
}

const placed = /\{\{\s*text\s*\}\}/

/** Fills the body of a template: `{{text}}` stands for what was written, as HTML and as text. Lines that stay empty are dropped. */
export function letterHtml(
  body: string,
  values: Readonly<Record<string, string>>,
  written: string,
  writtenText: string,
): LetterHtml {
  const parts = body.split(placed)
  const text = tidy(parts.map((part) => filled(part, values)).join(writtenText)).trim()
  const html = parts
    .map((part) =>
      tidy(filled(part, values))
        .trim()
        .split(/\n{2,}/)
        .filter((one) => one.trim() !== '')
        .map((one) => `<p>${linked(escapedText(one.trim())).replaceAll('\n', '<br>')}</p>`)
        .join(''),
    )
    .join(`<div>${written}</div>`)
  return {
    text: `${text}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body style="font: 15px/1.5 system-ui, 'Segoe UI', sans-serif">${html}</body></html>\n`,
  }
}

const linked = (html: string): string =>
  html.replace(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g, (address) => `<a href="${address}">${address}</a>`)
