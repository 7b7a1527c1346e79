import { expect, test } from 'vitest'
import { createLog, humanLine } from './log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = ''
  write(createLog({ level: 'trace', destination: { write: (line) => void (lines += line) } }))
  return lines
}

test('names, addresses and words do not get into a log, at any depth that we write', () => {
  const lines = logged((log) => {
    log.info({ name: 'Ada', email: 'ada@example.org', ticket: { title: 'My salary', by: { name: 'Ada' } } }, 'Opened')
    log.info({ req: { headers: { authorization: 'Bearer canary', cookie: 'canary' } } }, 'Asked')
  })
  expect(lines).not.toMatch(/Ada|ada@|salary|canary/)
  expect(lines).toContain('Opened')
})

test('an error of the database keeps its code and loses the value it quotes', () => {
  const error = Object.assign(new Error('invalid input syntax for type uuid: "Ada Lovelace"'), {
    severity: 'ERROR',
    code: '22P02',
    detail: 'Key (email)=(ada@example.org) already exists.',
    table: 'persons',
  })
  const lines = logged((log) => log.error({ err: error }, 'Failed'))
  expect(lines).not.toMatch(/Ada|ada@/)
  expect(JSON.parse(lines)).toMatchObject({ level: 'error', err: { code: '22P02', table: 'persons' } })
})

test('at a terminal an entry is one line', () => {
  const line = humanLine('{"level":"info","time":"2026-03-01T10:20:30.000Z","port":8080,"msg":"Ready"}')
  expect(line.split('\n')).toHaveLength(2)
  expect(line).toContain('10:20:30')
  expect(line).toContain('port=8080')
})
