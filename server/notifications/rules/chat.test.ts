import { expect, test } from 'vitest'
import { chatMessage } from './chat-message.ts'
import { judgeAnswer } from './chat-answers.ts'

const line = { words: 'INC-1 <!channel> & *bold* [x](http://evil)', href: 'https://it.example.org/tickets/INC-1' }

test('Slack: text is text, the link is ours, nobody is called', () => {
  const sent = JSON.stringify(chatMessage('slack', 'Late <@U1>', [line]))
  expect(sent).toContain('<https://it.example.org/tickets/INC-1|INC-1 &lt;!channel&gt; &amp; *bold*')
  expect(sent).not.toContain('<!channel>')
  expect(sent).not.toContain('<@U1>')
})

test('Teams: an Adaptive Card in the envelope of Workflows, text shown as it was written', () => {
  const sent = chatMessage('teams', 'Late', [line]) as {
    attachments: {
      contentType: string
      content: { type: string; body: { text: string }[]; actions: { url: string }[] }
    }[]
  }
  const card = sent.attachments[0]!
  expect(card.contentType).toBe('application/vnd.microsoft.card.adaptive')
  expect(card.content.type).toBe('AdaptiveCard')
  expect(card.content.body[1]!.text).toContain('\\[x\\]\\(http://evil\\)')
  expect(card.content.actions[0]!.url).toBe(line.href)
})

test('a long text fits into a section', () => {
  const sent = chatMessage('slack', 'x', [{ words: 'y'.repeat(9000), href: null }]) as {
    blocks: { text: { text: string } }[]
  }
  expect(sent.blocks[0]!.text.text.length).toBeLessThanOrEqual(3000)
})

test.each([
  [200, undefined, 1, { what: 'ok' }],
  [202, undefined, 1, { what: 'ok' }],
  [302, undefined, 1, { what: 'refused' }],
  [400, undefined, 1, { what: 'refused' }],
  [404, undefined, 1, { what: 'gone' }],
  [410, undefined, 1, { what: 'gone' }],
  [429, '7', 1, { what: 'later', afterSeconds: 7 }],
  [429, '999999', 1, { what: 'later', afterSeconds: 3600 }],
  [503, undefined, 1, { what: 'later', afterSeconds: 30 }],
  [503, 'Tue, 19 May 2026 10:00:00 GMT', 9, { what: 'later', afterSeconds: 3600 }],
])('%s is judged', (status, retryAfter, attempts, outcome) => {
  expect(judgeAnswer(status, retryAfter, attempts)).toMatchObject(outcome)
})
