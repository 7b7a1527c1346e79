import { type Command } from './command.ts'

/** Every command. Its work is in a file of its name under commands/, which exports `run`. */
export const commands: Command[] = [
  {
    name: 'serve',
    usage: 'serve',
    summary: 'run the application (npm start does the same)',
    options: {},
    positionals: 0,
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'doctor',
    usage: 'doctor [--json]',
    summary: 'say in words what is wrong and how to mend it',
    options: {},
    positionals: 0,
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'user add',
    usage: 'user add --email E --name N --role R [--json]',
    summary: 'add an account and print its set-up link',
    options: { email: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' } },
    positionals: 0,
    load: () => import('./commands/user-add.ts'),
  },
  {
    name: 'key add',
    usage: 'key add --name N --role R [--json]',
    summary: 'add an API key and print it, once',
    options: { name: { type: 'string' }, role: { type: 'string' } },
    positionals: 0,
    load: () => import('./commands/key-add.ts'),
  },
  {
    name: 'import',
    usage: 'import KIND FILE [--as-of M] [--zone Z] [--shift] [--dry-run] [--result PATH] [--json]',
    summary: 'import a file, such as servicenow-incidents',
    options: {
      'as-of': { type: 'string' },
      zone: { type: 'string' },
      shift: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      result: { type: 'string' },
    },
    positionals: 2,
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'demo',
    usage: 'demo [--json]',
    summary: 'load an invented company that shows every screen',
    options: {},
    positionals: 0,
    load: () => import('./commands/demo.ts'),
  },
]
