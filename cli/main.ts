import { parseArgs } from 'node:util'
import { leaveEveryEmbedded } from '../server/platform/embedded-postgres/embedded-postgres.ts'
import { UsageError, type Command } from './command.ts'
import { commands } from './commands.ts'
import { ConfigError, loadConfig } from '../server/platform/config.ts'

const words = process.argv.slice(2)
const command = findCommand(words)

if (command == null) {
  const asked = words.length === 0 || ['help', '--help', '-h'].includes(words[0] ?? '')
  const text = [
    ...(asked ? [] : [`There is no command "${words.join(' ')}".`, '']),
    'linchpin COMMAND [options]',
    '',
    ...commands.map((each) => `  ${each.usage.padEnd(52)} ${each.summary}`),
    '',
  ].join('\n')
  ;(asked ? process.stdout : process.stderr).write(text)
  process.exitCode = asked ? 0 : 2
} else {
  if (command.name !== 'serve') leaveOnSignals()
  process.exitCode = await run(command, words.slice(command.name.split(' ').length))
}

/** `serve` ends its work in order; any other command drops it, but leaves no database running that it started. */
function leaveOnSignals(): void {
  const leave = (status: number) => {
    void leaveEveryEmbedded().then(() => process.exit(status))
  }
  process.once('SIGINT', () => leave(130))
  process.once('SIGTERM', () => leave(143))
  process.once('SIGHUP', () => leave(129))
  // The bootstrap that started this was killed.
  process.once('disconnect', () => leave(143))
  process.channel?.unref()
}

function findCommand(args: string[]): Command | undefined {
  return commands.find((each) => {
    const name = each.name.split(' ')
    return name.every((word, index) => args[index] === word)
  })
}

async function run(chosen: Command, args: string[]): Promise<number> {
  let parsed
  try {
    parsed = parseArgs({
      args,
      allowPositionals: chosen.positionals > 0,
      options: { ...chosen.options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
    if (parsed.values['help'] === true) {
      process.stdout.write(`linchpin ${chosen.usage}\n\n${chosen.summary}\n`)
      return 0
    }
    if (parsed.positionals.length > chosen.positionals) throw new Error(`Unexpected: "${parsed.positionals.at(-1)}".`)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nUsage: linchpin ${chosen.usage}\n`)
    return 2
  }
  try {
    const { run: act } = await chosen.load()
    return await act({
      config: loadConfig(),
      options: parsed.values,
      positionals: parsed.positionals,
      json: parsed.values['json'] === true,
      print: (text) => void process.stdout.write(`${text}\n`),
    })
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\nUsage: linchpin ${chosen.usage}\n`)
      return 2
    }
    // A person at a terminal wants the sentence; who looks for a bug asks for the stack.
    const stack = process.env['LINCHPIN_LOG'] === 'debug' && !(error instanceof ConfigError)
    process.stderr.write(`${stack ? (error as Error).stack : (error as Error).message}\n`)
    return 1
  }
}
