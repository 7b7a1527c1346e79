import { escapedText } from '../../platform/rules/escaped-text.ts'

/** What a mail says, before it has a form. Every text is plain; links are ours. */
export interface MailBody {
  title: string
  intro: readonly string[]
  sections: readonly MailSection[]
  /** Small print: why this came, and how to have it otherwise. */
  footer: readonly MailLink[]
}
export interface MailSection {
  heading: string | null
  lines: readonly MailLine[]
  /** Said after the lines: "and 12 more". */
  more?: string | null
}
export interface MailLine {
  words: string
  href: string | null
  detail: string | null
  actions: readonly { label: string; href: string }[]
}
export interface MailLink {
  words: string
  href: string | null
}

/** Both forms of a mail (RFC 2046, 5.1.4). No remote content: what is shown is what was sent. */
export function renderMail(body: MailBody): { text: string; html: string } {
  return { text: asText(body), html: asHtml(body) }
}

function asText(body: MailBody): string {
  const parts: string[] = [body.title, ...body.intro.map((line) => line)]
  for (const section of body.sections) {
    const lines = section.lines.map((line) =>
      [
        `- ${line.words}`,
        ...(line.detail === null ? [] : [`  ${line.detail}`]),
        ...(line.href === null ? [] : [`  ${line.href}`]),
        ...line.actions.map((action) => `  ${action.label}: ${action.href}`),
      ].join('\n'),
    )
    if (section.more != null) lines.push(section.more)
    parts.push([...(section.heading === null ? [] : [section.heading.toUpperCase()]), ...lines].join('\n'))
  }
  // RFC 3676, 4.3: what follows is not part of the message proper
  parts.push(['-- ', ...body.footer.map(({ words, href }) => (href === null ? words : `${words}: ${href}`))].join('\n'))
  return `${parts.join('\n\n')}\n`
}

/** Only addresses of the web; anything else is left out. */
const attribute = (href: string): string | null => (/^https?:\/\//.test(href) ? escapedText(href) : null)

const style = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 12px; background: #f5f6f8; color: #1c2024; font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
.sheet { max-width: 600px; margin: 0 auto; padding: 20px 24px; background: #ffffff; border: 1px solid #dfe2e6; border-radius: 8px; }
h1 { margin: 0 0 12px; font-size: 18px; line-height: 1.35; }
h2 { margin: 22px 0 6px; font-size: 14px; }
p { margin: 0 0 10px; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: 8px 0; border-top: 1px solid #e6e8eb; }
a { color: #1a56a8; }
.soft, .foot { color: #5b636b; font-size: 13px; }
.act { display: inline-block; margin: 6px 8px 0 0; padding: 3px 10px; border: 1px solid #b9c0c7; border-radius: 6px; text-decoration: none; }
.foot { max-width: 600px; margin: 14px auto 0; padding: 0 24px; }
@media (prefers-color-scheme: dark) {
  body { background: #14171a; color: #e6e8eb; }
  .sheet { background: #1d2125; border-color: #343a40; }
  li { border-color: #343a40; }
  a { color: #8ab8f2; }
  .soft, .foot { color: #a6adb4; }
  .act { border-color: #59616a; }
}`

function asHtml(body: MailBody): string {
  const link = (words: string, href: string | null, name = '') => {
    const to = href === null ? null : attribute(href)
    return to === null ? escapedText(words) : `<a${name} href="${to}">${escapedText(words)}</a>`
  }
  const sections = body.sections.map((section) => {
    const lines = section.lines.map(
      (line) =>
        `<li>${link(line.words, line.href)}${line.detail === null ? '' : `<br><span class="soft">${escapedText(line.detail)}</span>`}${
          line.actions.length === 0
            ? ''
            : `<br>${line.actions.map((action) => link(action.label, action.href, ' class="act"')).join('')}`
        }</li>`,
    )
    return `${section.heading === null ? '' : `<h2>${escapedText(section.heading)}</h2>`}<ul>${lines.join('')}</ul>${
      section.more == null ? '' : `<p class="soft">${escapedText(section.more)}</p>`
    }`
  })
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapedText(body.title)}</title><style>${style}</style></head>
<body><div class="sheet"><h1>${escapedText(body.title)}</h1>${body.intro.map((line) => `<p>${escapedText(line)}</p>`).join('')}${sections.join('')}</div>
<div class="foot">${body.footer.map(({ words, href }) => `<p>${link(words, href)}</p>`).join('')}</div></body></html>
`
}
