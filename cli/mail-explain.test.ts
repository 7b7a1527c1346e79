import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { linchpin } from '../test/support/command-line.ts'

function explain(messages: string[], ...options: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'linchpin-explain-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const files = messages.map((text, at) => {
    writeFileSync(join(folder, `${at}.eml`), text)
    return `${at}.eml`
  })
  return linchpin(join(folder, 'data'), ['mail', 'explain', ...options, ...files], { cwd: folder })
}

const from = 'From: Tess <tess@example.org>\nTo: help@halvorsen-marine.example\nMessage-ID: <1@example.org>\n'
const question = `${from}Subject: Printer\nDate: Mon, 5 Oct 2026 08:00:00 +0200\n\nIt is out of paper.\n\n-- \nTess\n`
const absent = `${from}Subject: Re: Printer\nAuto-Submitted: auto-replied\nIn-Reply-To: <2@example.org>\n\nI am away.\n`

test('--json prints one document a line, in the order of the files, and nothing else', () => {
  const said = explain([question, absent, '\0\x01\x02'], '--json')
  expect(said).toMatchObject({ status: 0, stderr: '' })
  const [first, second, third] = said.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(first).toMatchObject({
    from: { name: 'Tess', address: 'tess@example.org' },
    to: [{ name: '', address: 'help@halvorsen-marine.example' }],
    cc: [],
    replyTo: [],
    subject: 'Printer',
    messageId: '<1@example.org>',
    references: [],
    date: '2026-10-05T06:00:00.000Z',
    text: 'It is out of paper.\n\n-- \nTess\n',
    textWithoutQuotes: 'It is out of paper.',
    html: null,
    attachments: [],
    autoSubmitted: null,
    bounce: null,
    verdict: { action: 'open', reasons: ['Nothing in it belongs to a ticket that is known: a ticket is opened.'] },
  })
  expect(second).toMatchObject({ autoSubmitted: 'Auto-Submitted: auto-replied', verdict: { action: 'ignore' } })
  expect(third).toMatchObject({ from: null, verdict: { action: 'park' } })
})

test('tells a person step by step, and which file cannot be read', () => {
  const said = explain([question], 'missing.eml')
  expect(said.status).toBe(1)
  expect(said.stderr).toContain('missing.eml cannot be read')
  expect(said.stdout).toContain('From Tess <tess@example.org> to help@halvorsen-marine.example')
  expect(said.stdout).toContain('A ticket is opened.')
  expect(explain([]).status).toBe(2)
})
