import { type MailTemplate, type MailTemplates, templateNames, type TemplateName } from '../../../contract/mailboxes.ts'
import { filled, named } from '../../notes/rules/fill-names.ts'
import type { Refusal } from '../../platform/errors.ts'

/** What a template may name, by template: `{{reference}}` and so on. */
export const variables: Record<TemplateName, readonly string[]> = {
  acknowledgement: ['tag', 'reference', 'title', 'name', 'due', 'mailbox', 'link'],
  reply: ['tag', 'reference', 'title', 'name', 'author', 'text', 'state', 'files', 'mailbox', 'link'],
  refusal: ['title', 'name', 'mailbox', 'address'],
  tooLarge: ['title', 'name', 'mailbox', 'size', 'most'],
}
/** What must not be left out: a reply without its text says nothing. */
const needed: Partial<Record<TemplateName, readonly string[]>> = { reply: ['text'] }

/** Lines that stayed empty are dropped. */
export const tidy = (text: string): string => text.replace(/\n{3,}/g, '\n\n')

/** Null where a template can be used; else where it is wrong and why. */
export function checkTemplate(
  name: TemplateName,
  template: MailTemplate,
): (Refusal & { at: 'subject' | 'body' }) | null {
  for (const at of ['subject', 'body'] as const) {
    const text = template[at]
    if (text.trim() === '') return { at, code: 'mailboxes.template-empty' }
    for (const [, given] of text.matchAll(named))
      if (!variables[name].includes(given!.trim()) || (at === 'subject' && given!.trim() === 'text'))
        return {
          at,
          code: 'mailboxes.template-unknown',
          params: { name: given!.trim().slice(0, 60), known: variables[name].join(', ') },
        }
    if (text.replace(named, '').includes('{{') || text.replace(named, '').includes('}}'))
      return { at, code: 'mailboxes.template-unclosed' }
  }
  const missing = (needed[name] ?? []).find(
    (one) => ![...template.body.matchAll(named)].some(([, given]) => given!.trim() === one),
  )
  return missing === undefined ? null : { at: 'body', code: 'mailboxes.template-lacks', params: { name: missing } }
}

export function checkTemplates(templates: MailTemplates): (Refusal & { at: string }) | null {
  for (const name of templateNames) {
    const template = templates[name]
    const wrong = template === undefined ? null : checkTemplate(name, template)
    if (wrong !== null) return { ...wrong, at: `${name}.${wrong.at}` }
  }
  return null
}

const sample: Record<string, string> = {
  tag: '[INC-1042/k7m]',
  reference: 'INC-1042',
  state: '',
  files: '',
  title: 'Printer on the second floor',
  due: 'Tue 19 May 2026 16:00',
  author: 'Tess Berg',
  text: 'The toner has been changed. Does it print now?',
  mailbox: 'IT desk',
  link: 'https://it.example.org/tickets/INC-1042',
  address: 'it@example.org',
  size: '31 MB',
  most: '25 MB',
}

/** A template filled in with an invented ticket. */
export const sampleOf = (template: MailTemplate, name: string): { subject: string; text: string } => ({
  subject: filled(template.subject, { ...sample, name }),
  text: tidy(filled(template.body, { ...sample, name })),
})
